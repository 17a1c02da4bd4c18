import { notFound } from 'next/navigation'
import { z } from 'zod'
import { getLanguage, getWords, Words } from '@/app/_i18n/words'
import { readZone } from '@/app/_server/appearance'
import { page } from '@/app/_server/page'
import { PageTitle } from '@/app/_ui/page-title'
import { describeActivity } from '@/lib/queries/activity'
import { reviewPage } from '@/lib/queries/reviews'
import { sayReview, sayWhose } from '../_list/say-review'
import '../_list/reviews.css'
import { Closed } from './_review/closed'
import { PeopleHere } from './_review/people'
import { Preparing } from './_review/preparing'
import { Running } from './_review/running'
import './_review/review.css'

/** One review: prepared alone, run together, then sealed. Its face follows its state. */
export default page(
  'review.list',
  async ({ context, params }) => {
    const zone = await readZone()
    const [it, t, language] = await Promise.all([
      reviewPage(context, params.review, zone),
      getWords(),
      getLanguage(),
    ])
    if (!it) notFound()
    const { review } = it
    const notes = review.state === 'preparing' ? null : await describeActivity(context, review)
    const given = { it, t, language, workspace: params.workspace }
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
        <PageTitle of={[sayReview(review.cycle, t), sayWhose(review.departmentId, it.boards, t).name]} />
        <PeopleHere people={it.people.map(({ id, userId, name, image }) => ({ id, userId, name, image }))}>
          {review.state === 'preparing' && <Preparing {...given} userId={context.user.id} />}
          {review.state === 'running' && notes && (
            <Running {...given} userId={context.user.id} notes={notes} at={params.at ?? null} />
          )}
          {review.state === 'closed' && notes && (
            <Closed {...given} notes={notes} pdf={await context.exchange.printsPdf()} />
          )}
        </PeopleHere>
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
