import type { Say } from '@/app/_i18n/say'
import { sayCycle } from '@/app/[workspace]/measures/_measures/say-cycle'
import type { WordingMark } from '@/lib/queries/decisions'

/**
 * "Since the Q2 review" behind every sentence that a review changed and that still says so. Drawn by the style sheet
 * alone: the server's page and the editor's are made of the same elements, and no script follows either.
 */
export function ReviewMarks({ marks, t }: { marks: readonly WordingMark[]; t: Say }) {
  if (marks.length === 0) return null
  return <style>{marks.map((mark) => ruleOf(mark, t)).join('\n')}</style>
}

/** Ids and names come from closed sets; the words are ours, and are quoted all the same. */
export function ruleOf({ itemId, part, lang, cycle }: WordingMark, t: Say): string {
  const words = t('reviews.mark_since', { cycle: sayCycle(cycle, t, 'quarter') })
  const language = lang === null ? '' : `:lang(${lang})`
  return `.item[data-id="${itemId}"] .part[data-name="${part}"]${language}::after{content:"${quoted(words)}";display:inline-block;margin-inline-start:10px;padding-inline-start:14px;font:500 12px/1.5 var(--sans);letter-spacing:0;color:var(--ink-3);background:linear-gradient(var(--seal),var(--seal)) 0 50%/8px 1.5px no-repeat;white-space:nowrap}`
}

/** As a string of a style sheet inside a page: no quote ends it, and no tag begins in it. */
function quoted(text: string): string {
  return text.replace(/["\\<>&\n]/g, (sign) => `\\${sign.codePointAt(0)?.toString(16)} `)
}
