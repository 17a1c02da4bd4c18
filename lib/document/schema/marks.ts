import { Mark, markInputRule, markPasteRule } from '@tiptap/core'
import type { ParseRule } from '@tiptap/pm/model'

// Written here rather than taken from the library's packages, a third of whose size is a Markdown of their own that
// nothing of ours reads: a page should not have to wait for it.

/** Words between two of the same sign, typed or pasted. */
const between = (sign: string, more: string) => {
  const [one = ''] = sign
  const found = sign.replace(/\*/g, '\\*')
  return `(?:^|\\s)(${found}(?!\\s+${found})((?:[^${one}]+))${found}(?!\\s+${found}))${more}`
}

interface Look {
  readonly name: string
  readonly tag: string
  /** How else it is written in HTML that is pasted. */
  readonly also: readonly ParseRule[]
  readonly keys: readonly string[]
  readonly signs: readonly string[]
}

const look = ({ name, tag, also, keys, signs }: Look) =>
  Mark.create({
    name,
    parseHTML: () => [{ tag }, ...also],
    renderHTML: ({ HTMLAttributes }) => [tag, HTMLAttributes, 0],
    addKeyboardShortcuts() {
      return Object.fromEntries(keys.map((key) => [key, () => this.editor.commands.toggleMark(name)]))
    },
    addInputRules() {
      return signs.map((sign) => markInputRule({ find: new RegExp(between(sign, '$')), type: this.type }))
    },
    addPasteRules() {
      return signs.map((sign) => markPasteRule({ find: new RegExp(between(sign, ''), 'g'), type: this.type }))
    },
  })

const decorated = (line: string): ParseRule => ({
  style: 'text-decoration',
  consuming: false,
  getAttrs: (value) => (value.includes(line) ? {} : false),
})

export const Bold = look({
  name: 'bold',
  tag: 'strong',
  also: [
    // What office programs put around a whole paste.
    { tag: 'b', getAttrs: (element) => element.style.fontWeight !== 'normal' && null },
    { style: 'font-weight=400', clearMark: (mark) => mark.type.name === 'bold' },
    { style: 'font-weight', getAttrs: (value) => /^(bold(er)?|[5-9]\d{2,})$/.test(value) && null },
  ],
  keys: ['Mod-b', 'Mod-B'],
  signs: ['**', '__'],
})

export const Italic = look({
  name: 'italic',
  tag: 'em',
  also: [
    { tag: 'i', getAttrs: (element) => element.style.fontStyle !== 'normal' && null },
    { style: 'font-style=normal', clearMark: (mark) => mark.type.name === 'italic' },
    { style: 'font-style=italic' },
  ],
  keys: ['Mod-i', 'Mod-I'],
  signs: ['*', '_'],
})

export const Strike = look({
  name: 'strike',
  tag: 's',
  also: [{ tag: 'del' }, { tag: 'strike' }, decorated('line-through')],
  keys: ['Mod-Shift-s'],
  signs: ['~~'],
})

export const Underline = look({
  name: 'underline',
  tag: 'u',
  also: [decorated('underline')],
  keys: ['Mod-u', 'Mod-U'],
  signs: [],
})

/** The sign before must not be one of a fence. */
function codeIn(text: string, expression: RegExp) {
  return [...text.matchAll(expression)]
    .filter((match) => text[match.index - 1] !== '`')
    .map((match) => ({ index: match.index, text: match[0], replaceWith: match[1] ?? '' }))
}

export const Code = Mark.create({
  name: 'code',
  // Bold code stays bold and code: one person may set the one while another sets the other.
  excludes: 'code',
  code: true,
  exitable: true,
  parseHTML: () => [{ tag: 'code' }],
  renderHTML: ({ HTMLAttributes }) => ['code', HTMLAttributes, 0],
  addKeyboardShortcuts() {
    return { 'Mod-e': () => this.editor.commands.toggleMark('code') }
  },
  addInputRules() {
    return [markInputRule({ find: (text) => codeIn(text, /`([^`]+)`(?!`)$/g)[0] ?? null, type: this.type })]
  },
  addPasteRules() {
    return [markPasteRule({ find: (text) => codeIn(text, /`([^`]+)`(?!`)/g), type: this.type })]
  },
})
