import { z } from 'zod'
import type { Say } from '@/app/_i18n/say'
import { getLanguage, getWords, Words } from '@/app/_i18n/words'
import { readZone } from '@/app/_server/appearance'
import { page } from '@/app/_server/page'
import { Avatar } from '@/app/_ui/avatar'
import { Badge } from '@/app/_ui/badge'
import { LinkButton } from '@/app/_ui/button'
import { DepartmentMark } from '@/app/_ui/department-mark'
import { Empty } from '@/app/_ui/empty'
import { Icon } from '@/app/_ui/icon'
import { Link } from '@/app/_ui/link'
import { PageTitle } from '@/app/_ui/page-title'
import { Seal } from '@/app/_ui/seal'
import { type Cycle, nextCycle } from '@/lib/domain/cycle'
import type { Language } from '@/lib/domain/language'
import type { ReviewState } from '@/lib/domain/review'
import { type ReviewsPage, reviewsPage } from '@/lib/queries/reviews'
import { sayCycle } from '../measures/_measures/say-cycle'
import { sayDay } from '../my-work/_work/say-day'
import { PrepareButton } from './_list/prepare-button'
import { type ReviewWorld, reviewWorld } from './_list/review-world'
import { nameOfPerson, personOf, sayWhose } from './_list/say-review'
import './_list/reviews.css'

const shapes: Readonly<Record<ReviewState, 'good' | 'risk' | 'none'>> = {
  preparing: 'none',
  running: 'risk',
  closed: 'good',
}

/** Every quarter with its reviews: the company's first, then those of the departments. */
export default page(
  'review.list',
  async ({ context, params }) => {
    const zone = await readZone()
    const [it, t, language] = await Promise.all([reviewsPage(context, zone), getWords(), getLanguage()])
    const world = reviewWorld(it, context.actor.memberId, t)
    const may = world.whose.length > 0
    // The quarter one is in stands there even before anybody has prepared anything.
    const cycles = [...new Set([...(may ? [it.current] : []), ...it.reviews.map(({ cycle }) => cycle)])]
      .sort()
      .reverse()
    const given = { it, t, language, world, workspace: params.workspace }
    return (
      <Words of={['reviews.ui_*']}>
        <main className="reviews" id="main" tabIndex={-1}>
          <PageTitle of={[t('reviews.title')]} />
          <header className="rhead">
            <div>
              <h1>{t('reviews.title')}</h1>
              <p>{t('reviews.lead')}</p>
            </div>
            {may && <PrepareButton workspace={params.workspace} world={world} />}
          </header>
          {cycles.length === 0 && (
            <Empty level={2} title={t('reviews.empty')}>
              {t('reviews.empty_text')}
            </Empty>
          )}
          {cycles.map((cycle) => (
            <Quarter key={cycle} {...given} cycle={cycle} />
          ))}
        </main>
      </Words>
    )
  },
  z.object({ workspace: z.string().max(80) }),
)

interface Given {
  readonly it: ReviewsPage
  readonly t: Say
  readonly language: Language
  readonly world: ReviewWorld
  readonly workspace: string
}

function Quarter({ cycle, ...given }: Given & { readonly cycle: Cycle }) {
  const { it, t, world, workspace } = given
  const here = it.reviews.filter((review) => review.cycle === cycle)
  const near = cycle === it.current || cycle === nextCycle(it.current)
  const open = near
    ? world.whose.filter(({ id }) => !here.some(({ departmentId }) => departmentId === id))
    : []
  const order = new Map<string | null, number>([
    [null, -1],
    ...it.boards.map(({ departmentId }, i) => [departmentId, i] as const),
  ])
  const rank = (id: string | null) => order.get(id) ?? it.boards.length
  return (
    <section className="rquarter" aria-labelledby={`q-${cycle}`}>
      <h2 id={`q-${cycle}`}>
        {sayCycle(cycle, t)}
        {cycle === it.current && <small>{t('reviews.this_quarter')}</small>}
      </h2>
      <ul>
        {[...here]
          .sort((a, b) => rank(a.departmentId) - rank(b.departmentId))
          .map((review) => (
            <Row key={review.id} {...given} review={review} />
          ))}
        {open.map(({ id, name }) => {
          const { board } = sayWhose(id, it.boards, t)
          return (
            <li key={id ?? 'company'} className="none" data-dept={board?.kind ?? 'other'}>
              <span className="mark">
                {board ? (
                  <DepartmentMark kind={board.kind} name={board.name} language={given.language} />
                ) : (
                  <Seal state="none">{sayCycle(cycle, t, 'quarter')}</Seal>
                )}
              </span>
              <span className="nm">{name}</span>
              <span className="quiet grow">{t('reviews.not_prepared')}</span>
              <PrepareButton
                workspace={workspace}
                world={world}
                start={{ cycle, departmentId: id }}
                name={name}
              />
            </li>
          )
        })}
      </ul>
    </section>
  )
}

function Row({ it, t, language, review }: Given & { readonly review: ReviewsPage['reviews'][number] }) {
  const { name, board } = sayWhose(review.departmentId, it.boards, t)
  const lead = personOf(review.leadId, it.people)
  const href = `/${it.slug}/reviews/${review.id}`
  const today = new Date().toISOString().slice(0, 10)
  return (
    <li data-dept={board?.kind ?? 'other'} data-state={review.state}>
      <span className="mark">
        {board ? (
          <DepartmentMark kind={board.kind} name={board.name} language={language} />
        ) : (
          <Seal state={review.state === 'closed' ? 'full' : 'open'}>
            {sayCycle(review.cycle, t, 'quarter')}
          </Seal>
        )}
      </span>
      <span className="nm">
        <Link href={href}>{name}</Link>
        {review.limited && (
          <small>
            <Icon name="lock" /> {t('reviews.limited')}
          </small>
        )}
      </span>
      <span className="st">
        <Badge state={shapes[review.state]}>{t(`reviews.state_${review.state}`)}</Badge>
        <small className="num">
          {review.heldOn ? sayDay(language, review.heldOn, today) : t('reviews.no_day')}
        </small>
      </span>
      <span className="by">
        {lead && <Avatar id={lead.userId} name={lead.name} image={lead.image} size="sm" />}
        {review.leadId
          ? t('reviews.led_by', { name: nameOfPerson(review.leadId, it.people, t) })
          : t('reviews.no_lead')}
      </span>
      <span className="ct num">
        {review.state === 'preparing'
          ? t('reviews.ready_of', { n: review.prepared.length, of: review.participants.length })
          : t('reviews.counts', { findings: review.findings, decisions: review.decisions })}
      </span>
      <LinkButton href={href} size="sm" look={review.state === 'running' ? 'ink' : 'outline'}>
        {t(`reviews.go_${review.state}`)}
        <span className="vh">, {name}</span>
      </LinkButton>
    </li>
  )
}
