'use client'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { composing } from '@/app/_ui/keys'
import { toast } from '@/app/_ui/toast'
import type { ProposalView } from '@/lib/queries/proposals'
import type { Boot } from '../_editor/boot'
import { float, inSight } from '../_editor/float'
import type { Session } from '../_editor/session'
import { useStore } from '../_editor/use-store'
import { tellMoved } from '../_items/moved-event'
import { decideChanges } from './actions'
import { ChangeCard } from './change-card'
import { decorate } from './decorate'
import { Panel } from './panel'
import { ProposalStore } from './proposal-store'

const SHOWN = 'throughline.proposals'

export interface SuggestActs {
  decide(proposal: ProposalView, changes: readonly string[], accept: boolean): Promise<void>
  load(): Promise<void>
  choose(change: string | null): void
}

/** What is proposed, drawn over the text and listed beside it. Comes with a script of its own. */
export function Suggest({ boot, session }: { boot: Boot; session: Session }) {
  const t = useWords()
  const { workspace, strategy } = boot
  const [store] = useState(
    () => new ProposalStore(`/api/workspaces/${workspace}/strategies/${strategy.id}/proposals`),
  )
  const state = useStore(store.state, store.state.get())
  const phase = useStore(session.state, session.state.get()).phase
  const [active, setActive] = useState<string | null>(null)
  const [panel, setPanel] = useState(false)
  const [card, setCard] = useState(false)
  const [shown, setShown] = useState(() => readShown())
  const suggesting = boot.mode === 'suggest'

  useEffect(() => {
    void store.load()
    const stop = session.listenTo((event) => {
      if (
        typeof event === 'object' &&
        event !== null &&
        'type' in event &&
        event.type === 'proposals.changed'
      )
        store.heard()
    })
    // What was told while the connection was away was told to nobody.
    let away = false
    const stopSaving = session.saving.subscribe(() => {
      const { kind } = session.saving.get().save
      if (kind === 'offline') away = true
      else if (away && (kind === 'saved' || kind === 'read_only')) {
        away = false
        void store.load()
      }
    })
    return () => {
      stop()
      stopSaving()
      store.destroy()
    }
  }, [session, store])

  /** On one's own page only what is one's own; elsewhere all of it. */
  const proposals = useMemo(
    () => state.open.filter((one) => (suggesting ? one.mine : (one.changes?.length ?? 1) > 0)),
    [state.open, suggesting],
  )
  const order = useMemo(
    () => proposals.flatMap((proposal) => (proposal.changes ?? []).map((change) => ({ proposal, change }))),
    [proposals],
  )

  useEffect(() => {
    if (phase !== 'ready') return
    let timer: ReturnType<typeof setTimeout> | undefined
    const draw = () => {
      const all = decorate(session, {
        proposals: shown ? proposals : [],
        side: suggesting ? 'proposal' : 'strategy',
        active,
        say: (proposal) => t('suggest.by', { name: proposal.by.name ?? t('suggest.somebody') }),
      })
      // Where somebody composes, the text stands still; afterwards it is drawn.
      if (!all) timer = setTimeout(draw, 300)
    }
    draw()
    return () => clearTimeout(timer)
  }, [session, proposals, shown, suggesting, active, phase, t])

  const choose = useCallback((change: string | null) => {
    setActive(change)
    if (change === null) return
    document
      .querySelector(`main.page [data-change="${CSS.escape(change)}"]`)
      ?.scrollIntoView({ block: 'center', behavior: 'instant' })
  }, [])

  const acts = useMemo((): SuggestActs => {
    return {
      choose,
      load: () => store.load(),
      async decide(proposal, changes, accept) {
        if (changes.length === 0) return
        const at = order.findIndex(({ change }) => changes.includes(change.id))
        try {
          const answer = await decideChanges({
            workspace,
            proposalId: proposal.id,
            changes: [...changes],
            accept,
          })
          if (!answer.ok) toast({ text: answer.message })
          else if (answer.value.missed > 0) toast({ text: t('suggest.missed', { n: answer.value.missed }) })
          else {
            tellMoved(answer.value.moved)
            toast({
              text: t(accept ? 'suggest.did_accept' : 'suggest.did_reject', { n: answer.value.decided }),
            })
          }
        } catch {
          toast({ text: t('common.no_answer') })
        }
        setCard(false)
        setActive(order.find(({ change }, i) => i > at && !changes.includes(change.id))?.change.id ?? null)
        await store.load()
      },
    }
  }, [choose, order, store, t, workspace])

  // What opens a card: a click on what is drawn.
  useEffect(() => {
    const click = (event: MouseEvent) => {
      if (!(event.target instanceof Element)) return
      const mark = event.target.closest<HTMLElement>('main.page [data-change]')
      if (mark) {
        setActive(mark.dataset.change ?? null)
        setCard(true)
      } else if (event.target.closest('main.page')) {
        setActive(null)
        setCard(false)
      }
    }
    const press = (event: KeyboardEvent) => {
      if (composing(event)) return
      if (event.key === 'Escape' && card && !event.defaultPrevented) {
        setCard(false)
        return
      }
      // By the place of the key: with Alt a Mac writes another letter.
      const ours = (event.ctrlKey || event.metaKey) && event.altKey && !event.getModifierState('AltGraph')
      if (!ours || event.code !== 'KeyP' || order.length === 0) return
      event.preventDefault()
      const at = order.findIndex(({ change }) => change.id === active)
      const next = order[at < 0 ? 0 : (at + (event.shiftKey ? -1 : 1) + order.length) % order.length]
      setPanel(true)
      choose(next?.change.id ?? null)
    }
    document.addEventListener('click', click)
    document.addEventListener('keydown', press)
    return () => {
      document.removeEventListener('click', click)
      document.removeEventListener('keydown', press)
    }
  }, [active, card, choose, order])

  // Sent here to one proposal: its panel, on the change in the item the address names. Once; afterwards people go on.
  const sent = useRef(true)
  useEffect(() => {
    if (!sent.current || phase !== 'ready' || state.phase !== 'ready') return
    sent.current = false
    const id = new URLSearchParams(location.search).get('proposal')
    const changes = state.open.find((proposal) => proposal.id === id)?.changes ?? []
    if (changes.length === 0) return
    const item = document.getElementById(location.hash.slice(1))
    const there = changes.find((change) => item?.querySelector(`[data-change="${CSS.escape(change.id)}"]`))
    setPanel(true)
    choose((there ?? changes[0])?.id ?? null)
  }, [choose, phase, state])

  const found = order.find(({ change }) => change.id === active)
  const count = suggesting ? order.length : proposals.length
  return (
    <>
      {(count > 0 || suggesting || state.closed.length > 0) && (
        <Button
          id="proposals-button"
          size="sm"
          look="plain"
          aria-expanded={panel}
          onClick={() => setPanel(!panel)}
        >
          {suggesting ? t('suggest.changes', { n: count }) : t('suggest.bar', { n: count })}
        </Button>
      )}
      {panel &&
        createPortal(
          <Panel
            {...{ boot, state, proposals, active, acts, shown }}
            show={(on) => {
              setShown(on)
              writeShown(on)
            }}
            close={() => {
              setPanel(false)
              document.getElementById('proposals-button')?.focus()
            }}
          />,
          document.body,
        )}
      {card &&
        !panel &&
        found &&
        createPortal(
          <Beside change={found.change.id}>
            <ChangeCard {...found} {...{ boot, state, acts }} active by />
          </Beside>,
          document.body,
        )}
    </>
  )
}

/** A card beside what it is about. */
function Beside({ change, children }: { change: string; children: React.ReactNode }) {
  const element = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const place = () => {
      const mark = document.querySelector(`main.page [data-change="${CSS.escape(change)}"]`)
      const own = element.current
      if (!own) return
      const box = mark?.getBoundingClientRect()
      own.hidden = !box || !inSight(box)
      if (!box || own.hidden) return
      const page = mark?.closest('main.page')?.getBoundingClientRect()
      const room = page ? window.innerWidth - page.right : 0
      // In the margin, at the height of its words, where there is one; else under them.
      if (page && room > own.offsetWidth + 24) {
        own.style.left = `${Math.round(page.right + 12)}px`
        own.style.top = `${Math.round(Math.min(box.top - 8, window.innerHeight - own.offsetHeight - 12))}px`
      } else float(own, box, 'below', 'start')
    }
    place()
    window.addEventListener('scroll', place, { passive: true, capture: true })
    window.addEventListener('resize', place)
    const grown = new ResizeObserver(place)
    if (element.current) grown.observe(element.current)
    return () => {
      window.removeEventListener('scroll', place, { capture: true })
      window.removeEventListener('resize', place)
      grown.disconnect()
    }
  }, [change])
  return (
    <div ref={element} className="sg-beside">
      {children}
    </div>
  )
}

function readShown(): boolean {
  try {
    return localStorage.getItem(SHOWN) !== 'off'
  } catch {
    return true
  }
}

function writeShown(on: boolean): void {
  try {
    localStorage.setItem(SHOWN, on ? 'on' : 'off')
  } catch {
    // Storage is full or forbidden: it is shown again next time.
  }
}
