'use client'
import { Button } from '@/app/_ui/button'
import { Icon } from '@/app/_ui/icon'
import type { MenuPage } from './board-ui'
import { useFacts } from './facts'
import { useBoardStore } from './use-board'
import { useUi, useUiPart } from './use-ui'

const pages = ['move', 'owner', 'due', 'label', 'priority', 'cycle'] as const

/** What can be done with all that are chosen, while any are. */
export function BulkBar() {
  const { t, may } = useFacts()
  const ui = useUi()
  const store = useBoardStore()
  const chosen = useUiPart((state) => state.chosen)
  const ids = [...chosen]
  return (
    <section className="bulk" aria-label={t('boards.bulk')} hidden={ids.length === 0}>
      <p role="status">{ids.length > 0 ? t('boards.n_chosen', { n: ids.length }) : ''}</p>
      {may.edit &&
        pages.map((page) => (
          <Button key={page} size="sm" aria-haspopup="menu" onClick={(event) => open(event, page)}>
            {t(`boards.bulk_${page}`)}
          </Button>
        ))}
      {may.edit && (
        <>
          <Button size="sm" onClick={() => void settle('archived')}>
            {t('boards.archive')}
          </Button>
          <Button size="sm" onClick={() => void settle('trashed')}>
            {t('boards.trash')}
          </Button>
        </>
      )}
      <Button size="sm" icon aria-label={t('boards.let_go')} onClick={() => ui.clear()}>
        <Icon name="x" />
      </Button>
    </section>
  )

  function open(event: React.MouseEvent<HTMLButtonElement>, page: MenuPage) {
    const box = event.currentTarget.getBoundingClientRect()
    ui.set({ menu: { ids, page, at: { x: box.left, y: box.top } } })
  }

  async function settle(status: 'archived' | 'trashed') {
    if (await store.settle(ids, status)) ui.clear()
  }
}
