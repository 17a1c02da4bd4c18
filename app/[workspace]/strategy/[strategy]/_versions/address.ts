import type { Moment } from '@/lib/domain/version'

export type View = 'text' | 'side' | 'policy'
export const views = ['text', 'side', 'policy'] as const satisfies readonly View[]

/** Everything a comparison's address says. Null: as usual. */
export interface Address {
  readonly from: Moment | null
  readonly to: Moment | null
  readonly view: View
  readonly person: string | null
  readonly name: string | null
  readonly named: boolean
  readonly below: number | null
}

/** The address of a comparison: what is as usual is left out. */
export function addressOf(path: string, at: Address): string {
  const query = new URLSearchParams()
  if (at.from !== null) query.set('from', `${at.from}`)
  if (at.to !== null) query.set('to', `${at.to}`)
  if (at.view !== 'text') query.set('view', at.view)
  if (at.person) query.set('person', at.person)
  if (at.name) query.set('q', at.name)
  if (at.named) query.set('named', '1')
  if (at.below !== null) query.set('below', `${at.below}`)
  const said = query.toString()
  return said ? `${path}?${said}` : path
}
