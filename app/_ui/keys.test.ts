import { describe, expect, it, vi } from 'vitest'
import { composing, type Key, keyName, keys, shortcuts, swallowComposingEnter, takesText } from './keys'

const press = (key: string, more: Partial<Key> = {}): Key => ({ key, ...more })
const field = { tagName: 'INPUT', type: 'text' }
const page = { tagName: 'BODY' }

describe('composing', () => {
  it('knows a composition by its flag, by key code 229, and through a React event', () => {
    expect(composing({ isComposing: true })).toBe(true)
    expect(composing({ isComposing: false, keyCode: 229 })).toBe(true)
    expect(composing({ nativeEvent: { isComposing: true } })).toBe(true)
    expect(composing({ nativeEvent: { isComposing: false, keyCode: 229 } })).toBe(true)
    expect(composing({ isComposing: false, keyCode: 13 })).toBe(false)
  })
})

describe('keyName', () => {
  it.each(['Enter', ' ', 'Escape', 'ArrowDown', 'ArrowUp', 'Tab', '1', 'a'])(
    'is silent about %j while composing, in every order browsers send it',
    (key) => {
      expect(keyName(press(key, { isComposing: true, keyCode: 229 }))).toBeNull()
      // Chrome during composition: the real key code may be there.
      expect(keyName(press(key, { isComposing: true, keyCode: 13 }))).toBeNull()
      // Safari: compositionend has been sent before the keydown.
      expect(keyName(press(key, { isComposing: false, keyCode: 229 }))).toBeNull()
    },
  )
  it('is silent about shortcuts while composing', () => {
    expect(keyName(press('k', { ctrlKey: true, isComposing: true }))).toBeNull()
  })
  it('is silent about keys an input method has swallowed without telling a code', () => {
    expect(keyName(press('Process'))).toBeNull()
    expect(keyName(press('Dead'))).toBeNull()
  })
  it('takes lone letters on the page, never in a field, and shortcuts in both', () => {
    expect(keyName(press('c', { target: page }))).toBe('c')
    expect(keyName(press('c', { target: field }))).toBeNull()
    expect(keyName(press('?', { target: { tagName: 'DIV', isContentEditable: true } }))).toBeNull()
    expect(keyName(press('k', { target: field, metaKey: true }))).toBe('Mod+k')
    expect(keyName(press('Enter', { target: field }))).toBe('Enter')
  })
  it('leaves characters typed with AltGr alone', () => {
    expect(keyName(press('@', { target: field, ctrlKey: true, altKey: true }))).toBeNull()
    expect(
      keyName(press('ł', { target: field, altKey: true, getModifierState: (n) => n === 'AltGraph' })),
    ).toBeNull()
  })
  it('writes modifiers in one order and folds case', () => {
    expect(keyName(press('Z', { ctrlKey: true, shiftKey: true }))).toBe('Mod+Shift+z')
    expect(keyName(press('?', { shiftKey: true }))).toBe('?')
    expect(keyName(press('Tab', { shiftKey: true }))).toBe('Shift+Tab')
    expect(keyName(press('C', { shiftKey: true }))).toBe('c')
  })
})

describe('takesText', () => {
  it('tells fields from buttons', () => {
    expect(takesText({ tagName: 'TEXTAREA' })).toBe(true)
    expect(takesText({ tagName: 'SELECT' })).toBe(true)
    expect(takesText({ tagName: 'INPUT', type: 'checkbox' })).toBe(false)
    expect(takesText({ tagName: 'BUTTON' })).toBe(false)
    expect(takesText(null)).toBe(false)
  })
})

describe('keys', () => {
  it('acts, and keeps the browser from acting too', () => {
    const send = vi.fn()
    const preventDefault = vi.fn()
    keys({ Enter: send })(press('Enter', { preventDefault }))
    expect(send).toHaveBeenCalledOnce()
    expect(preventDefault).toHaveBeenCalledOnce()
  })
  it('leaves the key to the browser when told false, and when nobody wants it', () => {
    const preventDefault = vi.fn()
    const handle = keys({ ' ': () => false })
    handle(press(' ', { preventDefault }))
    handle(press('a', { preventDefault }))
    expect(preventDefault).not.toHaveBeenCalled()
  })
})

describe('shortcuts', () => {
  it('knows two strokes, within their time', () => {
    const go = vi.fn()
    const handle = shortcuts({ 'g s': go })
    handle(press('g', { timeStamp: 0 }))
    handle(press('s', { timeStamp: 900 }))
    expect(go).toHaveBeenCalledTimes(1)
    handle(press('g', { timeStamp: 5_000 }))
    handle(press('s', { timeStamp: 6_300 }))
    expect(go).toHaveBeenCalledTimes(1)
  })
  it('forgets the first stroke after another key', () => {
    const go = vi.fn()
    const handle = shortcuts({ 'g s': go })
    for (const [i, key] of ['g', 'x', 's'].entries()) handle(press(key, { timeStamp: i }))
    expect(go).not.toHaveBeenCalled()
  })
  it('does not reach behind a dialog or an open menu', () => {
    const create = vi.fn()
    const asked: string[] = []
    const inside = { tagName: 'BUTTON', closest: (selector: string) => asked.push(selector) }
    shortcuts({ c: create })(press('c', { target: inside }))
    expect(create).not.toHaveBeenCalled()
    expect(asked).toEqual(['dialog, [popover]'])
    shortcuts({ c: create })(press('c', { target: { tagName: 'BUTTON', closest: () => null } }))
    expect(create).toHaveBeenCalledOnce()
  })
  it('leaves handled keys and held keys alone', () => {
    const create = vi.fn()
    const handle = shortcuts({ c: create })
    handle(press('c', { defaultPrevented: true }))
    handle(press('c', { repeat: true }))
    expect(create).not.toHaveBeenCalled()
  })
})

describe('swallowComposingEnter', () => {
  it('swallows the Enter that ends a composition and no other', () => {
    const preventDefault = vi.fn()
    expect(swallowComposingEnter(press('Enter', { keyCode: 229, preventDefault }))).toBe(true)
    expect(
      swallowComposingEnter(press('Process', { code: 'Enter', isComposing: true, preventDefault })),
    ).toBe(true)
    expect(preventDefault).toHaveBeenCalledTimes(2)
    expect(swallowComposingEnter(press('Enter', { keyCode: 13, preventDefault }))).toBe(false)
    expect(swallowComposingEnter(press('a', { keyCode: 229, preventDefault }))).toBe(false)
    expect(preventDefault).toHaveBeenCalledTimes(2)
  })
})
