'use client'
import { Late, latePart } from '@/app/_ui/late'
import type { Session, SessionState } from '../_editor/session'
import { useStore } from '../_editor/use-store'
import type { ItemDesk } from './desk'

const fields = latePart(() => import('./fields'))

/** What items need beside the text: their fields when somebody opens them, and where the caret is, said aloud. */
export function ItemTools({ session }: { session: Session }) {
  // The desk is there when the editors are.
  useStore<SessionState | null>(session.state, null)
  const desk = session.items
  return desk ? <Tools desk={desk} /> : null
}

function Tools({ desk }: { desk: ItemDesk }) {
  const open = useStore(desk.fields, null)
  const here = useStore(desk.here, '')
  return (
    <>
      <span className="vh" role="status">
        {here}
      </span>
      {open && (
        <Late part={fields} missed={() => desk.close(true)}>
          {({ Fields }) => <Fields desk={desk} />}
        </Late>
      )}
    </>
  )
}
