'use client'
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { useWords } from '../_i18n/words-provider'
import { Button } from './button'
import { Icon } from './icon'
import { keys } from './keys'

export interface Toast {
  readonly text: string
  /** Takes back what was done. */
  readonly undo?: () => unknown
  /** Another act than undo. */
  readonly action?: { readonly label: string; readonly run: () => unknown }
}

/** Long enough to read two lines and reach the button, milliseconds; stops while pointed at or focused. */
const STAY = 8_000

type Shown = Toast & { readonly id: number }
let shown: readonly Shown[] = []
let last = 0
const listeners = new Set<() => void>()

function change(next: readonly Shown[]): void {
  shown = next
  for (const listener of listeners) listener()
}

/** Shows a sentence for eight seconds. At most three stand at once; the oldest leaves. */
export function toast(what: Toast): void {
  last++
  change([...shown.slice(-2), { ...what, id: last }])
}

/** `const toast = useToast(); toast({ text: t('…'), undo: () => … })` */
export function useToast(): (what: Toast) => void {
  return toast
}

const none: readonly Shown[] = []

/** Where toasts appear, once in the page. The region is there from the start, or nobody would be told of it. */
export function Toasts() {
  const list = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => shown,
    () => none,
  )
  const t = useWords()
  return (
    <section className="toasts" aria-label={t('common.messages')} aria-live="polite">
      {list.map((item) => (
        <OneToast key={item.id} item={item} />
      ))}
    </section>
  )
}

function OneToast({ item }: { item: Shown }) {
  const t = useWords()
  const [paused, setPaused] = useState(false)
  const left = useRef(STAY)
  const close = useCallback(() => change(shown.filter((other) => other.id !== item.id)), [item.id])
  useEffect(() => {
    if (paused) return
    const began = Date.now()
    const timer = setTimeout(close, left.current)
    return () => {
      clearTimeout(timer)
      left.current = Math.max(1_000, left.current - (Date.now() - began))
    }
  }, [paused, close])
  const act = item.undo ? { label: t('common.undo'), run: item.undo } : item.action
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: pauses the clock for whoever reads it
    <div
      className="toast"
      onPointerEnter={() => setPaused(true)}
      onPointerLeave={() => setPaused(false)}
      onFocus={() => setPaused(true)}
      onBlur={() => setPaused(false)}
      onKeyDown={keys({ Escape: close })}
    >
      <span className="grow">{item.text}</span>
      {act && (
        <Button
          size="sm"
          onClick={() => {
            close()
            act.run()
          }}
        >
          {act.label}
        </Button>
      )}
      <Button size="sm" icon aria-label={t('common.dismiss')} onClick={close}>
        <Icon name="x" />
      </Button>
    </div>
  )
}
