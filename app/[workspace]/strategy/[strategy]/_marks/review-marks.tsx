import type { CSSProperties } from 'react'
import type { Say } from '@/app/_i18n/say'
import { Link } from '@/app/_ui/link'
import { sayCycle } from '@/app/[workspace]/measures/_measures/say-cycle'
import { sayPart } from '@/app/[workspace]/reviews/[review]/_review/say-part'
import type { WordingMark } from '@/lib/queries/decisions'
import './review-marks.css'

/**
 * "Since the Q2 review" behind every sentence that a review changed and that still says so, as a link to what was decided.
 * The style sheet keeps the room behind the words: the server's page and the editor's are made of the same elements, and
 * no script follows either. The links stand outside the text, which people edit, and lie upon that room.
 */
export function ReviewMarks({ marks, slug, t }: { marks: readonly WordingMark[]; slug: string; t: Say }) {
  if (marks.length === 0) return null
  return (
    <>
      <style>{marks.map((mark) => ruleOf(mark, t)).join('\n')}</style>
      <nav className="since" aria-label={t('reviews.marks')}>
        {marks.map((mark) => (
          <Link
            key={mark.decisionId}
            href={`/${slug}/reviews/${mark.reviewId}#${mark.decisionId}`}
            style={{ '--at': anchorOf(mark) } as CSSProperties}
          >
            {wordsOf(mark, t)}
            <span className="vh">: {[mark.code, sayPart(mark.part, t)].filter(Boolean).join(' ')}</span>
          </Link>
        ))}
      </nav>
    </>
  )
}

function wordsOf({ cycle }: WordingMark, t: Say): string {
  return t('reviews.mark_since', { cycle: sayCycle(cycle, t, 'quarter') })
}

function anchorOf({ decisionId }: WordingMark): string {
  return `--since-${decisionId}`
}

/** Ids and names come from closed sets; the words are ours, and are quoted all the same. Not where somebody's name lies. */
export function ruleOf(mark: WordingMark, t: Say): string {
  const { itemId, part, lang } = mark
  const language = lang === null ? '' : `:lang(${lang})`
  return `.item[data-id="${itemId}"] .part[data-name="${part}"]${language}:not([data-writer])::after{content:"${quoted(wordsOf(mark, t))}";anchor-name:${anchorOf(mark)}}
.item[data-id="${itemId}"] .part[data-name="${part}"]${language}::after{display:inline-block;margin-inline-start:10px;padding-inline-start:14px;font:500 12px/1.5 var(--sans);letter-spacing:0;color:var(--since-ink,transparent);background:linear-gradient(var(--seal),var(--seal)) 0 50%/8px 1.5px no-repeat;white-space:nowrap}`
}

/** As a string of a style sheet inside a page: no quote ends it, and no tag begins in it. */
function quoted(text: string): string {
  return text.replace(/["\\<>&\n]/g, (sign) => `\\${sign.codePointAt(0)?.toString(16)} `)
}
