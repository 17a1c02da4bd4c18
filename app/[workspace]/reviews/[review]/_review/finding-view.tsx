import { Avatar } from '@/app/_ui/avatar'
import { Badge } from '@/app/_ui/badge'
import { Link } from '@/app/_ui/link'
import type { Finding } from '@/lib/domain/review'
import type { Verdict } from '@/lib/domain/trace'
import { nameOfPerson, personOf } from '../../_list/say-review'
import { FindingActs } from './finding-acts'
import type { Given } from './given'
import { hrefOf, kindOf, Ref, Refs } from './refs'

export const verdictShapes: Readonly<Record<Verdict, 'good' | 'risk' | 'off'>> = {
  keep: 'good',
  adjust: 'risk',
  stop: 'off',
}

/** A finding: the words, what it is about, why, what shows it, and the verdict. */
export function FindingView({ finding, ...given }: Given & { finding: Finding }) {
  const { it, t, workspace } = given
  const { id, by, about, text, causes, evidence, lesson, agree, verdict, alone } = finding
  const author = personOf(by, it.people)
  const running = it.review.state === 'running'
  const open = it.review.state !== 'closed'
  return (
    <article className="f" id={id} data-verdict={verdict ?? undefined}>
      <Refs {...given} refs={about} />
      <p>{text}</p>
      {causes.length > 0 && (
        <ul className="causes">
          {causes.map((cause) => (
            <li key={`${cause.text} ${cause.whys.join(' ')}`}>
              <span className="because">{t('reviews.because')}</span> {cause.text}
              {cause.whys.length > 0 && (
                <ol className="whys">
                  {cause.whys.map((why) => (
                    <li key={why}>{why}</li>
                  ))}
                </ol>
              )}
            </li>
          ))}
        </ul>
      )}
      {evidence.length > 0 && (
        <ul className="evidence">
          {evidence.map(({ kind, ref, note }) => {
            const one = it.referred[ref]
            const href = kind === 'link' ? ref : one ? hrefOf(ref, one, it) : null
            return (
              <li key={`${ref} ${note}`}>
                {kind === 'link' ? (
                  <a href={ref} rel="noreferrer noopener" target="_blank">
                    {note || ref}
                  </a>
                ) : note && href ? (
                  <Link href={href}>{note}</Link>
                ) : (
                  <>
                    {one && <span className="quiet">{kindOf(one, t)} </span>}
                    <Ref {...given} of={ref} />
                  </>
                )}
              </li>
            )
          })}
        </ul>
      )}
      {lesson && (
        <p className="lesson">
          <span className="because">{t('reviews.lesson')}</span> {lesson}
        </p>
      )}
      <footer>
        {author && <Avatar id={author.userId} name={author.name} image={author.image} size="sm" />}
        <span>
          {t(alone ? 'reviews.by_before' : 'reviews.by_now', { name: nameOfPerson(by, it.people, t) })}
        </span>
        {/* They go to the next line together. */}
        <span className="acts">
          {open ? (
            <FindingActs
              workspace={workspace}
              finding={finding}
              mine={by === it.me}
              agreed={agree.includes(it.me)}
              names={agree.map((one) => nameOfPerson(one, it.people, t)).join(', ')}
              may={{
                judge: running && it.may.run,
                agree: running && it.may.write && by !== it.me,
                edit: (by === it.me && it.may.write) || (running && it.may.run),
                decide: running && it.may.decide,
              }}
              running={running}
            />
          ) : (
            <>
              {agree.length > 0 && (
                <span title={agree.map((one) => nameOfPerson(one, it.people, t)).join(', ')}>
                  {t('reviews.agree', { n: agree.length })}
                </span>
              )}
              {verdict && <Badge state={verdictShapes[verdict]}>{t(`reviews.ui_verdict_${verdict}`)}</Badge>}
            </>
          )}
        </span>
      </footer>
    </article>
  )
}
