import type { Node as PmNode } from '@tiptap/pm/model'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import * as Y from 'yjs'
import type { TextRoot } from '@/lib/document/roots'
import type { Mark, Spot } from '@/lib/document/suggest/view'
import { whoOf } from '@/lib/domain/who'
import type { ProposalView } from '@/lib/queries/proposals'
import { toAbsolute } from '../_editor/binding/relative'
import type { Chapter } from '../_editor/chapter'
import type { Session } from '../_editor/session'
import { suggestKey } from './plugin'

export interface Drawn {
  readonly proposals: readonly ProposalView[]
  /** What stands on the page: the strategy with proposals over it, or one's own proposal. */
  readonly side: 'strategy' | 'proposal'
  /** The change that is looked at. */
  readonly active: string | null
  /** For those who do not see colours: "Ada suggests". */
  readonly say: (proposal: ProposalView) => string
}

/** Draws what is proposed over the chapters. A chapter somebody is composing in is left as it is: false then. */
export function decorate(session: Session, drawn: Drawn): boolean {
  let all = true
  for (const [root, chapter] of session.chapters) {
    if (chapter.view.isDestroyed) continue
    if (chapter.binding.holding || chapter.view.composing) {
      all = false
      continue
    }
    const set = DecorationSet.create(chapter.view.state.doc, decorationsOf(root, chapter, drawn))
    const before = suggestKey.getState(chapter.view.state)
    if (set === DecorationSet.empty && (before === undefined || before === DecorationSet.empty)) continue
    chapter.view.dispatch(chapter.view.state.tr.setMeta(suggestKey, set).setMeta('addToHistory', false))
  }
  return all
}

function decorationsOf(root: TextRoot, chapter: Chapter, drawn: Drawn): Decoration[] {
  const out: Decoration[] = []
  for (const proposal of drawn.proposals) {
    const who = String(whoOf(proposal.by.userId))
    for (const change of proposal.changes ?? []) {
      if (change.root !== root) continue
      const on = drawn.active === change.id ? ' on' : ''
      const marks = drawn.side === 'strategy' ? change.strategy : change.proposal
      marks.forEach((mark, i) => {
        const attributes = {
          class: `sg ${mark.kind === 'range' || mark.kind === 'block' ? mark.look : ''}${on}`,
          'data-who': who,
          'data-change': change.id,
          title: drawn.say(proposal),
        }
        const key = `${change.id} ${i} ${who}${on}`
        const made = decorationOf(chapter, mark, attributes, key)
        if (made) out.push(made)
      })
    }
  }
  return out
}

type Attributes = Readonly<Record<string, string>>

function decorationOf(chapter: Chapter, mark: Mark, attributes: Attributes, key: string): Decoration | null {
  const { doc } = chapter.view.state
  const fits = (at: number | null): at is number => at !== null && at >= 0 && at <= doc.content.size
  switch (mark.kind) {
    case 'range': {
      const from = positionOf(chapter, mark.from)
      const to = positionOf(chapter, mark.to)
      if (!fits(from) || !fits(to) || to <= from) return null
      const nodeName = mark.look === 'gone' ? 'del' : mark.look === 'new' ? 'ins' : 'span'
      return Decoration.inline(
        from,
        to,
        { nodeName, ...attributes },
        { inclusiveEnd: mark.look === 'new', inclusiveStart: false },
      )
    }
    case 'words': {
      const at = mark.spot ? positionOf(chapter, mark.spot) : insideOf(chapter, mark.line)
      if (!fits(at)) return null
      const name = mark.look === 'gone' ? 'del' : 'ins'
      return Decoration.widget(at, () => drawnWords(name, mark.text, attributes, mark.look), {
        key: `${key} ${mark.text}`,
        side: mark.look === 'gone' ? -1 : 1,
        marks: [],
        ignoreSelection: true,
      })
    }
    case 'block': {
      const place = blockOf(chapter, mark.at)
      return place && Decoration.node(place.from, place.to, attributes)
    }
    case 'beside': {
      const behind = mark.behind ? blockOf(chapter, mark.behind) : null
      if (mark.behind && !behind) return null
      return Decoration.widget(
        behind?.to ?? 0,
        () => {
          const block = document.createElement('div')
          block.className = 'sg-block'
          block.contentEditable = 'false'
          block.append(
            drawnWords(mark.look === 'gone' ? 'del' : 'ins', mark.text || '¶', attributes, mark.look),
          )
          return block
        },
        { key: `${key} ${mark.text}`, side: 1, ignoreSelection: true },
      )
    }
  }
}

function drawnWords(name: 'ins' | 'del', text: string, attributes: Attributes, look: string): HTMLElement {
  const element = document.createElement(name)
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value)
  element.className = `${attributes.class} ${look} there`
  element.contentEditable = 'false'
  element.textContent = text
  return element
}

function positionOf(chapter: Chapter, { at, side }: Spot): number | null {
  const { root, mapping } = chapter.binding
  const place = new Y.RelativePosition(null, null, Y.createID(at.client, at.clock), side)
  return toAbsolute(root, mapping, place)
}

/** A block by its id in Yjs: the way down to it by numbers is the same in the editor. */
function blockOf(
  chapter: Chapter,
  { client, clock }: { client: number; clock: number },
): { from: number; to: number; node: PmNode } | null {
  const { root } = chapter.binding
  const store = root.doc?.store
  if (!store || Y.getState(store, client) <= clock) return null
  const item: unknown = Y.getItem(store, Y.createID(client, clock))
  if (!(item instanceof Y.Item) || item.deleted || !(item.content instanceof Y.ContentType)) return null
  const path: number[] = []
  for (let at: unknown = item.content.type; at !== root; ) {
    if (!(at instanceof Y.XmlElement) || !(at.parent instanceof Y.XmlFragment)) return null
    path.unshift(at.parent.toArray().indexOf(at))
    at = at.parent
  }
  let node: PmNode = chapter.view.state.doc
  let from = 0
  for (const [depth, index] of path.entries()) {
    if (index < 0 || index >= node.childCount) return null
    if (depth > 0) from += 1
    for (let i = 0; i < index; i++) from += node.child(i).nodeSize
    node = node.child(index)
  }
  return { from, to: from + node.nodeSize, node }
}

function insideOf(chapter: Chapter, line: { client: number; clock: number } | null): number | null {
  const place = line && blockOf(chapter, line)
  return place?.node.isTextblock ? place.from + 1 : null
}
