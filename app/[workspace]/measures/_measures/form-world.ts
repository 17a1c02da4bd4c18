import type { Say } from '@/app/_i18n/say'
import { type Cycle, nextCycle } from '@/lib/domain/cycle'
import type { Language } from '@/lib/domain/language'
import type { Measure } from '@/lib/domain/measure'
import type { MeasureWorld } from '@/lib/queries/measures'
import { departmentName } from './department'
import { sayCycle } from './say-cycle'

/** What the form offers, already in the reader's words: small enough to lie in the page until it opens. */
export interface FormWorld {
  readonly departments: readonly { readonly id: string; readonly name: string }[]
  readonly usual: string | null
  readonly people: readonly { readonly id: string; readonly name: string }[]
  readonly cycles: readonly { readonly cycle: Cycle; readonly name: string }[]
  readonly today: string
  readonly words: readonly {
    readonly serve: string
    readonly kind: string
    readonly code: string | null
    readonly words: string
  }[]
  readonly language: Language
}

/** Quarters ahead that somebody sets a target for. */
const AHEAD = 4
const offered = ['gap', 'pain', 'segment', 'whom', 'problem', 'solution', 'itch', 'delight']

export function formWorld(world: MeasureWorld, t: Say, language: Language, measure?: Measure): FormWorld {
  const cycles = [world.cycle]
  for (let i = 1; i < AHEAD; i++) cycles.push(nextCycle(cycles.at(-1) ?? world.cycle))
  const all = [...new Set([...(measure?.targets.map(({ cycle }) => cycle) ?? []), ...cycles])].sort()
  return {
    departments: world.departments.map((one) => ({ id: one.departmentId, name: departmentName(one, t) })),
    usual: world.usual,
    people: world.people.map(({ id, name }) => ({ id, name })),
    cycles: all.map((cycle) => ({ cycle, name: sayCycle(cycle, t) })),
    today: world.today,
    words: (world.words?.all ?? [])
      .filter(({ kind, removed, words }) => offered.includes(kind) && !removed && words !== '')
      .sort((a, b) => offered.indexOf(a.kind) - offered.indexOf(b.kind))
      .map(({ serve, kind, code, words }) => ({ serve, kind: t(`measures.kind_${kind}`), code, words })),
    language: world.words?.language ?? language,
  }
}
