import { useEffect, useState } from 'react'
import type { Move } from '@/lib/domain/coherence/spoken'
import type { ItemDesk } from './desk'
import { MovedWords } from './moved-words'

/** What somebody types with, pastes and drops. */
const ACTS = ['keydown', 'beforeinput', 'paste', 'drop', 'cut'] as const

/** The words changed here that others may hang on, the last one first; and how to settle one. */
export function useMovedWords(desk: ItemDesk | null | undefined): {
  readonly move: Move | null
  readonly settle: () => void
} {
  const [moves, setMoves] = useState<readonly Move[]>([])
  const [words, setWords] = useState<MovedWords | null>(null)
  useEffect(() => {
    if (!desk) return
    const words = new MovedWords(desk.written)
    setWords(words)
    const touched = new Set<string>()
    const note = () => {
      // The item the caret is in; or the one whose fields are open beside it.
      const at = document.querySelector<HTMLElement>('.ProseMirror-focused .item.at')?.dataset.id
      if (at) touched.add(at)
      const open = desk.fields.get()
      if (open) touched.add(open.id)
    }
    const read = () => {
      note()
      setMoves(words.read(desk.now.get().items, touched))
      touched.clear()
    }
    words.read(desk.now.get().items, touched)
    for (const act of ACTS) document.addEventListener(act, note, { capture: true })
    const stop = desk.now.subscribe(read)
    return () => {
      for (const act of ACTS) document.removeEventListener(act, note, { capture: true })
      stop()
    }
  }, [desk])
  const move = moves.at(-1) ?? null
  return { move, settle: () => move && words && setMoves(words.settle(move)) }
}
