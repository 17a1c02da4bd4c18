'use client'
import { useEffect, useState } from 'react'
import { Late } from '@/app/_ui/late'
import type { TextRoot } from '@/lib/document/roots'
import { ItemTools } from '../_items/item-tools'
import { FindBar } from './find-bar'
import type { Session } from './session'
import { workTools } from './work-tools'

export { ReadBack } from '../_items/read-back'
export { Serving } from '../_items/serving'
export { Session } from './session'

/** What stands over the text while one works in it. */
export function LiveTools({
  session,
  elementOf,
}: {
  session: Session
  elementOf: (root: TextRoot) => HTMLElement | null
}) {
  const [writing, setWriting] = useState(false)
  // While the mouse is still choosing, nothing stands in its way.
  const [choosing, setChoosing] = useState(false)
  useEffect(() => {
    const down = (event: PointerEvent) => {
      if (event.target instanceof Element && event.target.closest('.text')) setChoosing(true)
    }
    const up = () => setChoosing(false)
    document.addEventListener('pointerdown', down)
    document.addEventListener('pointerup', up)
    document.addEventListener('pointercancel', up)
    return () => {
      document.removeEventListener('pointerdown', down)
      document.removeEventListener('pointerup', up)
      document.removeEventListener('pointercancel', up)
    }
  }, [])
  useEffect(() => {
    const look = () => {
      if (document.activeElement?.closest('.text[contenteditable="true"]')) setWriting(true)
    }
    look()
    document.addEventListener('focusin', look)
    return () => document.removeEventListener('focusin', look)
  }, [])
  return (
    <>
      <FindBar session={session} elementOf={elementOf} />
      {writing && (
        <Late part={workTools} missed={() => setWriting(false)}>
          {({ tools: Tools }) => <Tools session={session} choosing={choosing} />}
        </Late>
      )}
      <ItemTools session={session} />
    </>
  )
}
