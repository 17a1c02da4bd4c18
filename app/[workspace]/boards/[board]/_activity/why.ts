import { readServe, type Serve, slots } from '@/lib/domain/serves'
import type { ItemKind } from '@/lib/domain/strategy-item'
import type { TraceItem } from '@/lib/domain/trace'
import { traceOf } from '@/lib/domain/trace'
import type { PanelData } from './panel-data'

/** One thing at a station: what it is, its words, and what connects it. */
export interface Entry {
  readonly id: string
  readonly kind: ItemKind | 'whom' | 'problem' | 'solution' | 'measure'
  readonly code: string | null
  /** The words as they stand in the strategy; of a measure its name. */
  readonly words: string
  /** Segments that feel it. */
  readonly felt: readonly string[]
  /** Item in the strategy, for the link. */
  readonly itemId: string | null
  /** What taking it away takes out of `serves` or `measures`; null: it is there because of something else. */
  readonly named: string | null
}

export interface Why {
  readonly difficulty: readonly Entry[]
  readonly policy: readonly Entry[]
  readonly measure: readonly Entry[]
  /** What it serves that has left the strategy: with the words it had, where they are known. */
  readonly loose: readonly { readonly serve: Serve; readonly words: string | null }[]
  /** Serves a segment, and nothing of what that segment feels. */
  readonly onlySegment: boolean
  readonly petProject: boolean
}

type Given = Pick<PanelData, 'activity' | 'items' | 'measures'>

/**
 * The line as the panel draws it: five stations, each with its words. The segments stand beside what they feel; one that
 * is served alone stands for itself.
 */
export function whyOf({ activity, items, measures }: Given): Why {
  const byId = new Map<string, Given['items'][number]>(items.map((item) => [item.id, item]))
  const lines = new Map<string, Given['measures'][number]>(measures.map((one) => [one.id, one]))
  const trace = traceOf(activity, byId, lines)
  const at = (station: 'segment' | 'difficulty' | 'slot' | 'measure') => {
    const found = trace.links.find((link) => link.station === station)
    return found?.state === 'joined' ? found.ids : []
  }
  const entry = (id: string): Entry[] => {
    const item = byId.get(id)
    return item
      ? [
          {
            id,
            kind: item.kind,
            code: item.code,
            words: wordsOf(item),
            felt: item.feltBy.flatMap((felt) => titleOf(byId.get(felt))),
            itemId: id,
            named: id,
          },
        ]
      : []
  }
  const faced = at('difficulty').flatMap(entry)
  // A segment that is felt by a difficulty stands beside it; one that is served by itself has its own words.
  const alone = at('segment')
    .filter((id) => activity.serves.some((serve) => serve === id))
    .flatMap(entry)
  const policy = [...at('slot')]
    .sort((a, b) => slotPlace(a) - slotPlace(b))
    .flatMap((id): Entry[] => {
      const read = readServe(id)
      const item = read && byId.get(read.itemId)
      if (!item || read.slot === null) return []
      return [
        {
          id,
          kind: read.slot,
          code: null,
          words: item.slots[read.slot] ?? item.title,
          felt: [],
          itemId: item.id,
          named: id,
        },
      ]
    })
  // The positioning as a whole, without one slot: its sentence.
  const whole = activity.serves.flatMap((serve) => {
    const item = byId.get(serve)
    return item?.kind === 'positioning' && !item.removed ? entry(serve) : []
  })
  const principles = trace.principles.flatMap(entry)
  return {
    difficulty: [...alone, ...faced],
    policy: [...policy, ...whole, ...principles],
    measure: at('measure').flatMap((id): Entry[] => {
      const line = lines.get(id)
      if (!line) return []
      const named = activity.measures.some((one) => one === id) ? id : null
      return [{ id, kind: 'measure', code: null, words: line.name, felt: [], itemId: null, named }]
    }),
    loose: trace.loose.map((serve) => {
      const [words] = titleOf(byId.get(readServe(serve)?.itemId ?? ''))
      return { serve, words: words ?? null }
    }),
    onlySegment: alone.length > 0 && faced.length === 0,
    petProject: trace.petProject,
  }
}

/** A difficulty quotes what it says; where it says nothing more than its title, that. */
function wordsOf(item: Given['items'][number]): string {
  return item.words === '' ? item.title : item.kind === 'segment' ? item.title : item.words
}

function titleOf(item: TraceItem | undefined): string[] {
  return item && item.title !== '' ? [item.title] : []
}

function slotPlace(serve: string): number {
  const slot = readServe(serve)?.slot
  return slot ? slots.indexOf(slot) : slots.length
}

/** The serves with one more (each once), or without it. */
export function withServe(serves: readonly string[], one: string, on: boolean): string[] {
  const others = serves.filter((serve) => serve !== one)
  return on ? [...others, one] : others
}
