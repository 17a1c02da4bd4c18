import type { Cycle } from '@/lib/domain/cycle'

export const views = ['matrix', 'graph', 'gaps', 'effort', 'assumptions'] as const
export type View = (typeof views)[number]

/** Where a view is; null: all quarters. `at` is an item the page opens at. */
export function coherenceHref(
  slug: string,
  view: View,
  given: { readonly cycle?: Cycle | null; readonly focus?: string; readonly at?: string } = {},
): string {
  const query = new URLSearchParams()
  if (view !== 'matrix') query.set('view', view)
  if (given.cycle) query.set('cycle', given.cycle)
  if (given.focus) query.set('focus', given.focus)
  const text = query.toString()
  return `/${slug}/coherence${text === '' ? '' : `?${text}`}${given.at ? `#${given.at}` : ''}`
}
