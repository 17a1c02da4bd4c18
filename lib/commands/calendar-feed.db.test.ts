import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { text } from '@/lib/document/templates/restaurant-saas.boards'
import { must } from '@/lib/kit/assert'
import { calendarFeed } from '@/lib/queries/calendar-feed'
import { type House, house } from '@/lib/testing/builders'
import { exampleCompany } from '@/lib/testing/example-company'
import { closeFeed, openFeed } from './calendar-feed'
import { importReviews } from './import-reviews'
import { changeReview } from './prepare-review'
import { removeMember } from './remove-member'

// A whole company is brought in by each test; on a busy machine that alone takes its time.
vi.setConfig({ testTimeout: 90_000 })

let home: House
beforeAll(async () => {
  home = await house()
})
afterAll(() => home.close())

test('a secret address shows one what is due for one, and nothing once it is taken back', async () => {
  const { owner, people } = await exampleCompany(home)
  await importReviews(owner, { text })
  const lead = await home.again(must(people.get('He Suyun'), 'lead'))
  const review = must(
    (await home.store.read.reviews.list(owner.actor.workspaceId)).find(({ state }) => state === 'preparing'),
    'prepared',
  )
  await changeReview(owner, { reviewId: review.id, fields: { heldOn: '2026-10-02', limited: true } })
  const { token } = await openFeed(lead)
  const feed = must(await calendarFeed(owner, token), 'its owner is here')
  expect(feed).toContain('DTSTART;VALUE=DATE:20261002')
  expect(feed).toContain('SUMMARY:Due: Winter menu recipe in 60 stores')
  expect(feed).toContain('SUMMARY:Decided: Twenty minutes of evaluation every week')
  // Of others nothing.
  expect(feed).not.toContain('Trophy wall')

  // A reviewer who is taken out of a limited review reads its day no more.
  await changeReview(owner, {
    reviewId: review.id,
    fields: { participants: review.participants.filter((id) => id !== lead.actor.memberId), leadId: null },
  })
  expect(await calendarFeed(owner, token)).not.toContain('20261002')

  const { token: fresh } = await openFeed(lead)
  expect(await calendarFeed(owner, token)).toBeNull()
  expect(await calendarFeed(owner, fresh)).not.toBeNull()
  for (const nonsense of ['', 'x'.repeat(100_000), '\0', `${fresh}x`])
    expect(await calendarFeed(owner, nonsense)).toBeNull()
  await closeFeed(lead)
  expect(await calendarFeed(owner, fresh)).toBeNull()

  const { token: last } = await openFeed(lead)
  await removeMember(owner, { memberId: lead.actor.memberId })
  expect(await calendarFeed(owner, last)).toBeNull()
})
