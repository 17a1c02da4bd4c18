/**
 * The one key handler of the whole app. Nothing here acts while somebody composes a character: a Chinese, Japanese
 * or Korean input method needs Enter, Space, Esc, the arrows and the digits for itself.
 *
 * `isComposing` alone is not enough: Safari sends `compositionend` before the keydown of the Enter that ended it, and
 * that keydown says isComposing: false. It does carry key code 229, as every key an input method has swallowed does.
 */

/** As much of a keyboard event as we look at. React's events and the browser's both fit. */
export interface Key {
  readonly key: string
  readonly code?: string
  readonly keyCode?: number
  readonly isComposing?: boolean
  readonly nativeEvent?: { readonly isComposing?: boolean; readonly keyCode?: number }
  readonly ctrlKey?: boolean
  readonly metaKey?: boolean
  readonly altKey?: boolean
  readonly shiftKey?: boolean
  readonly repeat?: boolean
  readonly target?: unknown
  readonly timeStamp?: number
  readonly defaultPrevented?: boolean
  getModifierState?(name: 'AltGraph'): boolean
  preventDefault?(): void
}

/** True while the key belongs to an input method. */
export function composing(event: Omit<Key, 'key'>): boolean {
  return (
    event.isComposing === true ||
    event.nativeEvent?.isComposing === true ||
    event.keyCode === 229 ||
    event.nativeEvent?.keyCode === 229
  )
}

const TEXTLESS = new Set([
  'button',
  'checkbox',
  'color',
  'file',
  'hidden',
  'image',
  'radio',
  'range',
  'reset',
  'submit',
])

/** True where a letter is text: fields, lists that search as one types, and anything editable. */
export function takesText(target: unknown): boolean {
  if (typeof target !== 'object' || target === null) return false
  const element = target as { tagName?: string; type?: string; isContentEditable?: boolean }
  switch (element.tagName?.toLowerCase()) {
    case 'textarea':
    case 'select':
      return true
    case 'input':
      return !TEXTLESS.has(element.type ?? 'text')
    default:
      return element.isContentEditable === true
  }
}

/**
 * The name of the key as handlers write it: `Enter`, `Escape`, `ArrowDown`, `c`, `?`, `Mod+k`, `Shift+Tab`. `Mod` is
 * Cmd on a Mac and Ctrl elsewhere. Null while composing, and for a lone letter typed as text.
 */
export function keyName(event: Key): string | null {
  if (composing(event) || event.key === 'Process' || event.key === 'Dead' || event.key === 'Unidentified')
    return null
  const printable = [...event.key].length === 1
  // AltGr writes characters on many layouts (Polish, German); Windows reports it as Ctrl+Alt.
  const altGraph =
    event.getModifierState?.('AltGraph') === true || (event.ctrlKey === true && event.altKey === true)
  const mod = !altGraph && (event.ctrlKey === true || event.metaKey === true)
  const alt = !altGraph && event.altKey === true
  if (printable && !mod && !alt && takesText(event.target)) return null
  const key = printable ? event.key.toLowerCase() : event.key
  // For a printable key Shift has already done its work ('?' is Shift+/), except beside Mod, where 'Z' differs from 'z'.
  const shift = event.shiftKey === true && (!printable || (mod && /^[a-z]$/.test(key)))
  return `${mod ? 'Mod+' : ''}${alt ? 'Alt+' : ''}${shift ? 'Shift+' : ''}${key}`
}

/** What to do for each key. Answer `false` to leave the key to the browser after all. */
export type KeyMap<E extends Key = Key> = Readonly<Record<string, (event: E) => unknown>>

/** A keydown handler for one element: `onKeyDown={keys({ Enter: send, Escape: close })}`. */
export function keys<E extends Key>(map: KeyMap<E>): (event: E) => void {
  return (event) => {
    const name = keyName(event)
    const act = name === null ? undefined : map[name]
    if (!act || act(event) === false) return
    event.preventDefault?.()
  }
}

/** Time between the two keys of a sequence such as `g s`, milliseconds. */
const SEQUENCE = 1_200

/**
 * Shortcuts of a whole page, also in two strokes (`'g s'`). A key somebody else has handled is left alone, and a held
 * key counts once. Answers the handler to add to the document.
 */
export function shortcuts<E extends Key>(map: KeyMap<E>): (event: E) => void {
  let first: { name: string; at: number } | null = null
  return (event) => {
    const name = keyName(event)
    if (name === null || event.defaultPrevented === true || event.repeat === true) return
    // What lies above the page has keys of its own: letters search a menu, and nothing reaches behind a dialog.
    if (inLayer(event.target)) return
    const at = event.timeStamp ?? 0
    const pair = first && at - first.at <= SEQUENCE ? `${first.name} ${name}` : null
    first = null
    const act = (pair === null ? undefined : map[pair]) ?? map[name]
    if (act) {
      if (act(event) !== false) event.preventDefault?.()
      return
    }
    if (Object.keys(map).some((combination) => combination.startsWith(`${name} `))) first = { name, at }
  }
}

function inLayer(target: unknown): boolean {
  if (typeof target !== 'object' || target === null) return false
  const { closest } = target as { closest?: (selector: string) => unknown }
  return typeof closest === 'function' && Boolean(closest.call(target, 'dialog, [popover]'))
}

/**
 * For a form's keydown: the Enter that ends a composition must not submit. To be called before anything else looks at
 * the event; answers true when the key was swallowed.
 */
export function swallowComposingEnter(event: Key): boolean {
  const enter =
    event.key === 'Enter' || event.code === 'Enter' || event.code === 'NumpadEnter' || event.key === 'Process'
  if (!enter || !composing(event)) return false
  event.preventDefault?.()
  return true
}
