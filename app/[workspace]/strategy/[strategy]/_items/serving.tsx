'use client'
import { useEffect, useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Late, latePart } from '@/app/_ui/late'
import type { Move } from '@/lib/domain/coherence/spoken'
import type { StrategyServing } from '@/lib/queries/serving'
import { leaveWords } from '../../../_impact/actions'
import { BOARDS_EVENT } from '../../../_shell/live'
import type { Boot } from '../_editor/boot'
import type { Session, SessionState } from '../_editor/session'
import { useStore } from '../_editor/use-store'
import { MOVED_EVENT } from './moved-event'
import { Offered } from './offered'
import { servedHtml } from './served-html'
import { useMovedWords } from './use-moved-words'

const impact = latePart(() => import('./impact').then((module) => module.Impact))

/** Rows follow the text within half a second; asked a little later, milliseconds. */
const PAUSE = 1_500

/** Brings each item the activities that serve it and the measures that show it, and the method what the effort goes to. */
export function Serving({ boot, session }: { boot: Boot; session: Session }) {
  const t = useWords()
  // The desk is there when the editors are.
  useStore<SessionState | null>(session.state, null)
  const desk = session.items
  const { workspace, strategy } = boot
  const [offered] = useState(() => new Offered())
  const [unasked, setUnasked] = useState<readonly Move[]>([])
  useEffect(() => {
    if (!desk) return
    let gone = false
    let timer: ReturnType<typeof setTimeout> | undefined
    // A page that was not looked at, or not told, may be behind.
    let missed = false
    const load = async () => {
      const serving = await read(workspace, strategy.id)
      missed = serving === null
      if (gone || !serving) return
      setUnasked(offered.read(serving.unasked))
      desk.effort.set(serving.effort)
      desk.world.serve((id, kind) =>
        servedHtml(serving.items[id], {
          slug: workspace,
          say: t,
          kind,
          worked: serving.effort !== null,
          itemId: id,
        }),
      )
    }
    // What comes while one waits is read with it: boards that never rest would else put it off for ever.
    const soon = () => {
      timer ??= setTimeout(() => {
        timer = undefined
        missed = document.hidden
        if (!missed) void load()
      }, PAUSE)
    }
    const back = () => {
      if (!document.hidden && missed) soon()
    }
    const accepted = (event: Event) => {
      if (event instanceof CustomEvent) offered.want(event.detail)
      void load()
    }
    void load()
    document.addEventListener(MOVED_EVENT, accepted)
    const stop = session.listenTo((event) => {
      if (typeof event === 'object' && event !== null && 'type' in event && event.type === 'items.changed')
        soon()
    })
    document.addEventListener('visibilitychange', back)
    document.addEventListener(BOARDS_EVENT, soon)
    return () => {
      gone = true
      clearTimeout(timer)
      stop()
      document.removeEventListener(MOVED_EVENT, accepted)
      document.removeEventListener('visibilitychange', back)
      document.removeEventListener(BOARDS_EVENT, soon)
    }
  }, [desk, offered, session, strategy.id, t, workspace])
  // A proposal changes nothing yet: what hangs on it is asked about once it is the strategy's.
  const here = useMovedWords(boot.mayEdit && boot.mode === 'edit' ? desk : null)
  const kept = boot.mayEdit && boot.mode !== 'suggest' ? unasked.at(-1) : undefined
  const move = here.move ? { ...here.move, was: offered.was(here.move.spoken.serve) ?? here.move.was } : kept
  if (!move) return null
  const { serve } = move.spoken
  const settle = () => {
    if (here.move) here.settle()
    setUnasked(offered.settle(serve))
  }
  return (
    <Late part={impact} missed={settle}>
      {(Impact) => (
        <Impact
          boot={boot}
          move={move}
          kept={!here.move}
          settle={settle}
          leave={() => {
            settle()
            // Unheard, they are offered again at the next visit.
            leaveWords({ workspace, strategyId: strategy.id, serve }).catch(() => undefined)
          }}
        />
      )}
    </Late>
  )
}

/** Null when nobody answers: asked again when somebody comes back to the page, or the items change. */
async function read(workspace: string, strategyId: string): Promise<StrategyServing | null> {
  try {
    const answer = await fetch(`/api/workspaces/${workspace}/strategies/${strategyId}/serving`)
    return answer.ok ? ((await answer.json()) as StrategyServing) : null
  } catch {
    return null
  }
}
