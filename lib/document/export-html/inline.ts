import type { ThreadForExport } from '../exported'
import { threadsOn } from '../exported'
import type { MarkJson, NodeJson } from '../json'
import { safeHref } from '../links'
import { escapeAttribute, escapeText } from '../render/escape'

/** The threads of an export and where their numbers stand. */
export interface Threads {
  /** The number a reader finds the thread under, from 1; undefined when it is not part of this export. */
  number(thread: string): number | undefined
  /** The text node on which the thread ends. */
  readonly last: ReadonlyMap<string, NodeJson>
}

export function threadNumbers(
  threads: readonly ThreadForExport[],
  last: ReadonlyMap<string, NodeJson>,
): Threads {
  const numbers = new Map(threads.map((thread, index) => [thread.id, index + 1]))
  return { number: (thread) => numbers.get(thread), last }
}

const TAGS: Readonly<Record<string, string>> = {
  bold: 'strong',
  code: 'code',
  italic: 'em',
  strike: 's',
  underline: 'u',
}

/** Inline nodes as HTML. Nothing of them is believed: unknown marks are none, addresses pass `safeHref`. */
export function inlineHtml(nodes: readonly NodeJson[], threads: Threads): string {
  return nodes
    .map((node) => {
      if (node.type === 'hardBreak') return '<br>'
      if (node.type !== 'text') return escapeText(node.text ?? '')
      let html = escapeText(node.text ?? '')
      // Inside out: the first mark of a node is the outermost.
      for (const mark of [...(node.marks ?? [])].reverse()) html = marked(html, mark)
      const here = threadsOn(node).filter((thread) => threads.number(thread) !== undefined)
      if (here.length > 0) html = `<mark>${html}</mark>`
      for (const thread of here) {
        const number = threads.number(thread)
        if (threads.last.get(thread) === node)
          html += `<sup class="ref"><a href="#thread-${number}" id="ref-${number}">${number}</a></sup>`
      }
      return html
    })
    .join('')
}

function marked(html: string, mark: MarkJson): string {
  if (mark.type === 'link') {
    const href = safeHref(mark.attrs?.href)
    return href === null
      ? html
      : `<a href="${escapeAttribute(href)}" rel="noopener noreferrer nofollow">${html}</a>`
  }
  const tag = TAGS[mark.type]
  return tag === undefined ? html : `<${tag}>${html}</${tag}>`
}
