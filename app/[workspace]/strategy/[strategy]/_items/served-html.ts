import type { Say } from '@/app/_i18n/say'
import { escapeAttribute, escapeText } from '@/lib/document/render/escape'
import type { StrategyServing } from '@/lib/queries/serving'

/** As many as stand in one quiet line or two; the rest are counted. */
const NAMED = 3

const rows: readonly string[] = ['segment', 'pain', 'gap', 'itch', 'delight']

/** Whoever works on none of these leaves a hole in the line. */
const needed: readonly string[] = ['pain', 'gap']

/**
 * The line under an item: measures first where it is a gap, then the activities that serve it. Every word is escaped:
 * titles are other people's.
 */
export function servedHtml(
  entry: StrategyServing['items'][string] | undefined,
  given: {
    readonly slug: string
    readonly say: Say
    readonly kind: string
    /** Whether anybody has written an activity at all: before that, nothing is missing. */
    readonly worked: boolean
    readonly itemId: string
  },
): string {
  const { slug, say, kind, worked, itemId } = given
  const activities = entry?.activities ?? []
  const measures = entry?.measures ?? []
  const lines: string[] = []
  if (measures.length > 0)
    lines.push(
      `<span class="sv-m">${measures
        .slice(0, NAMED)
        .map(({ id, name }) => link(`/${slug}/measures/${id}`, name))
        .join(' ')}</span>`,
    )
  if (activities.length > 0) {
    const named = activities
      .slice(0, NAMED)
      .map(
        ({ id, title, board, kind: department }) =>
          `<span class="sv-a" data-dept="${department ?? 'other'}">${link(`/${slug}/boards/${board}?card=${id}`, title)}</span>`,
      )
    const more =
      activities.length > NAMED
        ? `<span class="sv-n">${escapeText(say('items.served_more', { n: activities.length - NAMED }))}</span>`
        : ''
    lines.push(named.join('') + more)
  } else if (worked && needed.includes(kind))
    lines.push(`<span class="sv-none">${escapeText(say('items.served_nobody'))}</span>`)
  if (lines.length === 0) return ''
  const at = placeOf(kind, itemId)
  if (worked && at)
    lines.push(`<span class="sv-row">${link(`/${slug}/coherence${at}`, say('items.served_row'))}</span>`)
  return `<span class="vh">${escapeText(say('items.served'))}</span>${lines.join('')}`
}

/** Difficulties have a row in the matrix; the positioning is a point of the throughline. */
function placeOf(kind: string, itemId: string): string | null {
  if (kind === 'positioning') return `?view=graph&focus=${itemId}/whom`
  return rows.includes(kind) ? `#${itemId}` : null
}

function link(href: string, words: string): string {
  return `<a data-soft="" href="${escapeAttribute(href)}">${escapeText(words)}</a>`
}
