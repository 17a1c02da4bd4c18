import { notFound } from 'next/navigation'
import { z } from 'zod'
import { getLanguage, getWords, Words } from '@/app/_i18n/words'
import { readZone } from '@/app/_server/appearance'
import { later } from '@/app/_server/later'
import { page } from '@/app/_server/page'
import { PageTitle } from '@/app/_ui/page-title'
import { Streamed } from '@/app/_ui/streamed'
import { describeActivity } from '@/lib/queries/activity'
import { reviewHead, reviewPage } from '@/lib/queries/reviews'
import { sayReview, sayWhose } from '../_list/say-review'
import '../_list/reviews.css'
import { Closed } from './_review/closed'
import { Coming } from './_review/coming'
import { PeopleHere } from './_review/people'
import { Preparing } from './_review/preparing'
import { Running } from './_review/running'
import './_review/review.css'

/** One review: prepared alone, run together, then sealed. Its face follows its state. */
export default page(
  'review.list',
  async ({ context, params }) => {
    const [head, zone, t, language] = await Promise.all([
      reviewHead(context, params.review),
      readZone(),
      getWords(),
      getLanguage(),
    ])
    if (!head) notFound()
    const title = sayReview(head.cycle, t)
    const whose = sayWhose(head.departmentId, head.boards, t).name
    const draw = async () => {
      const it = await reviewPage(context, params.review, zone)
      if (!it) notFound()
      const { review } = it
      const notes = review.state === 'preparing' ? null : await describeActivity(context, review)
      const given = { it, t, language, workspace: params.workspace }
      return (
        <PeopleHere people={it.people.map(({ id, userId, name, image }) => ({ id, userId, name, image }))}>
          {review.state === 'preparing' && <Preparing {...given} userId={context.user.id} />}
          {review.state === 'running' && notes && (
            <Running {...given} userId={context.user.id} notes={notes} at={params.at ?? null} />
          )}
          {review.state === 'closed' && notes && (
            <Closed {...given} notes={notes} pdf={await context.exchange.printsPdf()} />
          )}
        </PeopleHere>
      )
    }
    return (
      <Words
        of={[
          'reviews.ui_*',
          'items.kind_*',
          'items.part_*',
          'activity.loading',
          'activity.pick_none',
          'activity.writing',
          'activity.comma',
          'activity.description_broken',
          'activity.tool_*',
          'activity.text_tools',
          'activity.link_*',
          'activity.people',
        ]}
      >
        <PageTitle of={[title, whose]} />
        {/* Closed it is another page: its heading need not wait for what it shows. */}
        <Streamed
          key={head.state === 'closed' ? 'closed' : 'open'}
          frame={
            <Coming slug={params.workspace} {...{ state: head.state, cycle: head.cycle, title, whose, t }} />
          }
        >
          {() => later('review', draw)}
        </Streamed>
      </Words>
    )
  },
  z.object({
    workspace: z.string().max(80),
    review: z.string().max(40),
    /** The point of the agenda one looks at. */
    at: z.string().max(200).optional().catch(undefined),
  }),
)
