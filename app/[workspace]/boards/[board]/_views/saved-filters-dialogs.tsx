'use client'
import { useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { Check } from '@/app/_ui/check'
import { Dialog } from '@/app/_ui/dialog'
import { Field, Input } from '@/app/_ui/field'
import { Icon } from '@/app/_ui/icon'
import { keyName, keys } from '@/app/_ui/keys'
import { toast } from '@/app/_ui/toast'
import { useSubmit } from '@/app/_ui/use-submit'
import { MAX_FILTER_NAME, type SavedFilter } from '@/lib/domain/saved-filter'
import { useBoardPart, useBoardStore } from '../_board/use-board'
import { changeFilter } from './actions'
import { queryOf, readFilter, writeFilter } from './filter'
import { useFilter } from './use-filter'

type Change = Parameters<typeof changeFilter>[0]['change']

/** Changes saved filters, says so, and offers the way back. */
function useChange() {
  const store = useBoardStore()
  const workspace = useBoardPart((state) => state.slug)
  const { run, busy, refusal } = useSubmit(changeFilter)
  const change = async (what: Change, said: string): Promise<boolean> => {
    const done = await run({ workspace, change: what })
    if (!done) return false
    await store.reread()
    const { undo } = done
    toast({ text: said, ...(undo && { undo: () => store.undo(undo) }) })
    return true
  }
  return { change, busy, refusal }
}

export function SavedFiltersDialogs({ dialog, close }: { dialog: 'save' | 'manage'; close: () => void }) {
  return dialog === 'save' ? <SaveFilter close={close} /> : <ManageFilters close={close} />
}

function SaveFilter({ close }: { close: () => void }) {
  const t = useWords()
  const { filter } = useFilter()
  const mayShare = useBoardPart((state) => state.may.comment)
  const { change, busy, refusal } = useChange()
  const [name, setName] = useState('')
  const [shared, setShared] = useState(false)
  const save = async () => {
    if (
      await change(
        { do: 'save', name, query: writeFilter(filter).toString(), shared },
        t('views.saved_done', { name }),
      )
    )
      close()
  }
  return (
    <Dialog open title={t('views.save_title')} onClose={close} sheet>
      <Field label={t('views.save_name')} error={refusal?.message ?? null}>
        <Input
          value={name}
          maxLength={MAX_FILTER_NAME}
          autoComplete="off"
          autoFocus
          onChange={(event) => setName(event.target.value)}
          onKeyDown={keys({ Enter: save })}
        />
      </Field>
      {mayShare && (
        <div className="mt-3">
          <Check
            checked={shared}
            onChange={(event) => setShared(event.target.checked)}
            help={t('views.share_help')}
          >
            {t('views.share')}
          </Check>
        </div>
      )}
      <footer>
        <Button onClick={close}>{t('common.cancel')}</Button>
        <Button look="ink" busy={busy} onClick={save}>
          {t('common.save')}
        </Button>
      </footer>
    </Dialog>
  )
}

function ManageFilters({ close }: { close: () => void }) {
  const t = useWords()
  const filters = useBoardPart((state) => state.filters)
  const { change, refusal } = useChange()
  return (
    <Dialog open title={t('views.saved_manage_title')} onClose={close} wide>
      {refusal && (
        <p className="error" role="alert">
          {refusal.message}
        </p>
      )}
      {filters.length === 0 ? (
        <p className="quiet">{t('views.saved_none')}</p>
      ) : (
        <ul className="saved-list">
          {filters.map((filter) => (
            <SavedRow key={filter.id} filter={filter} change={change} />
          ))}
        </ul>
      )}
    </Dialog>
  )
}

function SavedRow({
  filter,
  change,
}: {
  filter: SavedFilter
  change: (what: Change, said: string) => Promise<boolean>
}) {
  const t = useWords()
  const me = useBoardPart((state) => state.me.memberId)
  const owner = useBoardPart((state) => state.people.find(({ id }) => id === filter.memberId)?.name ?? '')
  const mayShare = useBoardPart((state) => state.may.comment)
  const [name, setName] = useState<string | null>(null)
  const own = filter.memberId === me
  const { id } = filter
  const rename = async () => {
    if (name === null || name.trim() === '' || name === filter.name) return setName(null)
    if (await change({ do: 'set', filterId: id, name }, t('views.saved_renamed', { name }))) setName(null)
  }
  const onKeyDown = (event: React.KeyboardEvent) => {
    const key = keyName(event)
    if (key === 'Enter') void rename()
    else if (key === 'Escape') {
      // The dialog stays: only the name goes back.
      event.stopPropagation()
      setName(null)
    } else return
    event.preventDefault()
  }
  const copy = async () => {
    const query = queryOf(writeFilter(readFilter(new URLSearchParams(filter.query))))
    await navigator.clipboard.writeText(window.location.origin + window.location.pathname + query)
    toast({ text: t('views.link_copied') })
  }
  return (
    <li>
      {name === null ? (
        <span className="grow">
          <b>{filter.name}</b>
          <span className="sub">
            {filter.shared
              ? t('views.saved_by', { name: own ? t('views.you') : owner })
              : t('views.saved_only_you')}
          </span>
        </span>
      ) : (
        <Input
          aria-label={t('views.save_name')}
          value={name}
          maxLength={MAX_FILTER_NAME}
          autoFocus
          onChange={(event) => setName(event.target.value)}
          onBlur={rename}
          onKeyDown={onKeyDown}
        />
      )}
      <Button size="sm" look="plain" onClick={copy} aria-label={t('views.link_of', { name: filter.name })}>
        {t('views.link')}
      </Button>
      <Button
        size="sm"
        look="plain"
        aria-label={t('views.rename_of', { name: filter.name })}
        onClick={() => setName(filter.name)}
      >
        {t('views.rename')}
      </Button>
      {own && mayShare && (
        <Button
          size="sm"
          look="plain"
          aria-pressed={filter.shared}
          aria-label={t('views.share_of', { name: filter.name })}
          onClick={() =>
            change(
              { do: 'set', filterId: id, shared: !filter.shared },
              filter.shared
                ? t('views.saved_now_mine', { name: filter.name })
                : t('views.saved_now_shared', { name: filter.name }),
            )
          }
        >
          {t('views.share_short')}
        </Button>
      )}
      <Button
        size="sm"
        icon
        aria-label={t('views.remove_of', { name: filter.name })}
        onClick={() =>
          change({ do: 'remove', filterId: id }, t('views.saved_removed', { name: filter.name }))
        }
      >
        <Icon name="x" />
      </Button>
    </li>
  )
}
