'use client'
import { useEffect, useRef } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { Icon } from '@/app/_ui/icon'
import { composing } from '@/app/_ui/keys'
import type { Session } from '../_editor/session'
import { useStore } from '../_editor/use-store'
import { BeginThread } from './begin-thread'
import { useHouse } from './house'
import { ThreadCard } from './thread-card'
import { type Filter, filtered, filters } from './thread-store'
import { wordsOnPage } from './thread-ui'

/**
 * All threads, by what one looks for; on narrow pages also the one whose words were touched. Beside the text where
 * there is room, from the lower edge on a phone. It does not keep anybody from the text behind it.
 */
export function Panel({ session }: { session: Session }) {
  const t = useWords()
  const { store, ui } = useHouse()
  const { threads, me, phase } = useStore(store.state, store.state.get())
  const panel = useStore(ui.panel, 'closed')
  const filter = useStore(ui.filter, 'open')
  const active = useStore(ui.active, null)
  const begun = useStore(ui.begun, null)
  const element = useRef<HTMLElement>(null)

  // What a phone's keyboard covers is not a place for a field.
  useEffect(() => {
    const view = window.visualViewport
    if (!view) return
    const lift = () =>
      element.current?.style.setProperty(
        '--keyboard',
        `${Math.max(0, Math.round(window.innerHeight - view.height - view.offsetTop))}px`,
      )
    lift()
    view.addEventListener('resize', lift)
    view.addEventListener('scroll', lift)
    return () => {
      view.removeEventListener('resize', lift)
      view.removeEventListener('scroll', lift)
    }
  }, [])

  // Opened by hand, the list takes the focus; opened by touching words, it leaves it there.
  useEffect(() => {
    if (panel === 'list') element.current?.focus({ preventScroll: true })
  }, [panel])
  useEffect(() => {
    if (active === null) return
    element.current?.querySelector(`[data-id="${CSS.escape(active)}"]`)?.scrollIntoView({ block: 'nearest' })
    // On a phone the words one argues about stay in sight above the sheet.
    const sheet = element.current?.getBoundingClientRect()
    const words = wordsOnPage().get(active)?.getBoundingClientRect()
    if (panel === 'one' && sheet && words && sheet.left <= words.left && words.bottom > sheet.top - 16)
      window.scrollBy({ top: words.top - 150, behavior: 'instant' })
  }, [active, panel])

  const close = () => {
    ui.panel.set('closed')
    document.getElementById('threads-button')?.focus()
  }
  const one = threads.find((thread) => thread.id === active)
  const single = panel === 'one'
  const list = filtered(threads, filter, me)
  const counts = new Map(filters.map((name) => [name, filtered(threads, name, me).length]))

  return (
    <aside
      ref={element}
      className="threads-panel"
      tabIndex={-1}
      aria-label={t('threads.panel')}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !composing(event) && !event.defaultPrevented) {
          event.stopPropagation()
          close()
        }
      }}
    >
      <header>
        <h2>{t('threads.panel')}</h2>
        {single && (
          <Button size="sm" look="plain" onClick={() => ui.panel.set('list')}>
            {t('threads.all')}
          </Button>
        )}
        <Button look="plain" icon size="sm" aria-label={t('common.close')} onClick={close}>
          <Icon name="x" />
        </Button>
      </header>
      {begun ? (
        <BeginThread session={session} begun={begun} />
      ) : single ? (
        one && <ThreadCard thread={one} active quoted />
      ) : (
        <>
          <fieldset className="seg" aria-label={t('threads.filters')}>
            {filters.map((name) => (
              <button
                key={name}
                type="button"
                aria-pressed={filter === name}
                onClick={() => ui.filter.set(name)}
              >
                {t(`threads.filter_${name}`)} <span className="num">{counts.get(name)}</span>
              </button>
            ))}
          </fieldset>
          {list.map((thread) => (
            <ThreadCard key={thread.id} thread={thread} active={thread.id === active} quoted />
          ))}
          {list.length === 0 && <Nothing filter={filter} failed={phase === 'failed'} />}
        </>
      )}
    </aside>
  )
}

function Nothing({ filter, failed }: { filter: Filter; failed: boolean }) {
  const t = useWords()
  const { store } = useHouse()
  if (failed)
    return (
      <p className="nothing">
        {t('threads.failed')}{' '}
        <Button size="sm" onClick={() => void store.load()}>
          {t('threads.again')}
        </Button>
      </p>
    )
  return <p className="nothing">{t(`threads.empty_${filter}`)}</p>
}
