import type * as Y from 'yjs'
import type { Live } from '@/lib/commands/context'
import { itemsOf } from '@/lib/document/items/read-items'
import { type Company, companyOf } from '@/lib/document/render/dress'
import { renderHtml } from '@/lib/document/render/html'
import type { ItemDress } from '@/lib/document/render/item-face'
import { TEXT_ROOTS, type TextRoot } from '@/lib/document/roots'
import {
  addCounts,
  type Count,
  countText,
  NOTHING,
  type OutlineHeading,
  outlineOf,
  plainText,
} from '@/lib/document/text'

/** The committed text of a strategy as its page shows it. */
export interface StrategyText {
  /** Each root as HTML, the same the editor draws. */
  readonly texts: Readonly<Record<TextRoot, string>>
  readonly outline: Readonly<Record<TextRoot, readonly Pick<OutlineHeading, 'text' | 'level' | 'index'>[]>>
  readonly count: Count
  readonly empty: readonly TextRoot[]
}

/** What the text is drawn with, besides what it says itself. */
export type Around = Omit<ItemDress, keyof Company>

/** Characters of HTML that are kept: some ten long strategies, or hundreds of usual ones. */
const KEPT = 6_000_000

/**
 * Drawn texts by their document, what it had reached, and for whom they were drawn: the same document at the same row
 * of its journal is the same text for ever. Who may read it is asked before, every time. A long strategy takes a tenth
 * of a second to draw, in which nobody's typing goes on.
 */
const drawn = new Map<string, StrategyText>()
let kept = 0

/** `seq`: what the document has reached, read before the call. Draws it when it has not been drawn for such a reader. */
export async function strategyText(
  live: Pick<Live, 'look'>,
  documentId: string,
  seq: number | null,
  around: Around,
): Promise<StrategyText> {
  const { say: _, ...told } = around
  const of = (at: number) => `${documentId} ${at} ${JSON.stringify(told)}`
  const known = seq === null ? undefined : drawn.get(of(seq))
  if (known) {
    keep(of(seq ?? 0), known)
    return known
  }
  const look = await live.look(documentId, (doc) => draw(doc, around))
  keep(of(look.seq), look.value)
  return look.value
}

function keep(key: string, text: StrategyText): void {
  if (drawn.delete(key)) kept -= sizeOf(text)
  drawn.set(key, text)
  kept += sizeOf(text)
  for (const [oldest, { texts }] of drawn) {
    if (kept <= KEPT || oldest === key) break
    drawn.delete(oldest)
    kept -= sizeOf({ texts })
  }
}

function sizeOf({ texts }: Pick<StrategyText, 'texts'>): number {
  return TEXT_ROOTS.reduce((sum, root) => sum + texts[root].length, 0)
}

function draw(doc: Y.Doc, around: Around): StrategyText {
  const each = <T>(look: (root: Y.XmlFragment) => T): Record<TextRoot, T> => ({
    preface: look(doc.getXmlFragment('preface')),
    situation: look(doc.getXmlFragment('situation')),
    difficulties: look(doc.getXmlFragment('difficulties')),
    policy: look(doc.getXmlFragment('policy')),
    activities: look(doc.getXmlFragment('activities')),
  })
  const dress = { ...around, ...companyOf(itemsOf(doc), around.today, around.written) }
  const texts = each((root) => renderHtml(root, dress))
  const words = each(plainText)
  return {
    texts,
    outline: each((root) =>
      outlineOf(root)
        .filter((heading) => heading.text !== '')
        .map(({ text, level, index }) => ({ text: text.slice(0, 120), level, index })),
    ),
    count: TEXT_ROOTS.reduce((sum, root) => addCounts(sum, countText(words[root])), NOTHING),
    // One blank line is what an emptied chapter keeps.
    empty: TEXT_ROOTS.filter((root) => words[root] === '' && !/<(?!\/?p>|br)/.test(texts[root])),
  }
}
