import { notFound } from 'next/navigation'
import { z } from 'zod'
import { localeOf } from '@/app/_i18n/locale'
import { getLanguage, getWords, Words } from '@/app/_i18n/words'
import { readZone } from '@/app/_server/appearance'
import { page } from '@/app/_server/page'
import { Link } from '@/app/_ui/link'
import { PageTitle } from '@/app/_ui/page-title'
import { comma } from '@/lib/domain/comma'
import { isCycle } from '@/lib/domain/cycle'
import { type ComparedQuarter, quartersCompared } from '@/lib/queries/quarter-compare'
import { DiffChapters } from '../../strategy/[strategy]/_versions/diff-sheet'
import { labelsIn } from '../../strategy/[strategy]/_versions/labels'
import { CompareForm } from '../_quarters/compare-form'
import { dayOfMoment, longName, shortName } from '../_quarters/say'
import { Stamp } from '../_quarters/stamp'
import type { Compared } from './_compare/given'
import { moved, Numbers } from './_compare/numbers'
import { PrintThis } from './_compare/print-this'
import { WordsOf } from './_compare/words-of'
import { Work } from './_compare/work'
import '../../strategy/[strategy]/strategy.css'
import '../../strategy/[strategy]/_versions/versions.css'
import '../_quarters/quarters.css'

/** The time machine: two quarters side by side, their words, their work, their numbers. */
export default page(
  'cycle.read',
  async ({ context, params }) => {
    const { a, b } = params
    if (!isCycle(a) || !isCycle(b)) notFound()
    const zone = await readZone()
    const [it, t, language] = await Promise.all([
      quartersCompared(context, { a, b, labels: labelsIn(context.language) }, zone),
      getWords(),
      getLanguage(),
    ])
    if (!it) notFound()
    const when = { now: context.clock.now(), zone }
    const given: Compared = { it, t, language }
    const { comparison, before, after, text } = it
    const side = (of: ComparedQuarter) => (
      <div className="side">
        <Stamp cycle={of.cycle} sealed={of.sealedAt !== null} t={t} />
        <div>
          <b>{longName(of.cycle, t)}</b>
          <small className="num">
            {[
              of.sealedAt ? dayOfMoment(language, of.sealedAt, when) : t('quarters.state_planned'),
              of.version === null ? '' : t('quarters.sealed_version', { version: of.version }),
              t('quarters.n_activities', { n: of.activities }),
              t('quarters.n_targets', { n: of.targets }),
            ]
              .filter((part) => part !== '')
              .join(comma(language))}
          </small>
        </div>
      </div>
    )
    return (
      <Words of={['quarters.ui_*', 'versions.ui_*']}>
        <main className="quarters tm" id="main" tabIndex={-1}>
          <PageTitle
            of={[
              t('quarters.compare_title', {
                one: shortName(before.cycle, t),
                other: shortName(after.cycle, t),
              }),
              t('quarters.compare'),
            ]}
          />
          <p className="crumb">
            <Link href={`/${it.slug}/quarters`}>{t('quarters.all')}</Link>
          </p>
          <header className="qhead">
            <div>
              <h1>
                {t('quarters.compare_title', {
                  one: longName(before.cycle, t),
                  other: longName(after.cycle, t),
                })}
              </h1>
              <p>
                {a === b
                  ? t('quarters.compare_same')
                  : t('quarters.sum_words', {
                      n: comparison.words.filter(({ word }) => word !== 'sentence').length,
                      appeared: comparison.appeared.length,
                      ended: comparison.ended.length,
                      moved: comparison.measures.filter(moved).length,
                    })}
              </p>
            </div>
            <PrintThis />
          </header>
          <div className="tm-head">
            {side(before)}
            <span className="line" aria-hidden="true" />
            {side(after)}
          </div>
          <CompareForm
            slug={it.slug}
            cycles={it.cycles.map(({ cycle }) => cycle)}
            chosen={{ a: before.cycle, b: after.cycle }}
            t={t}
          />
          <WordsOf {...given} />
          {text?.kind === 'changed' && (
            <details className="whole">
              <summary>{t('quarters.text_changed')}</summary>
              <div className="lay drafts">
                <div className="sheet">
                  <DiffChapters
                    view={text.comparison.view}
                    faces={text.comparison.faces}
                    clock={{ language: context.language, t, ...when }}
                    shape="text"
                    lang={localeOf(text.language)}
                    me={context.user.id}
                  />
                </div>
              </div>
            </details>
          )}
          <Work {...given} />
          <Numbers {...given} />
        </main>
      </Words>
    )
  },
  z.object({ workspace: z.string().max(80), a: z.string().max(20), b: z.string().max(20) }),
)
