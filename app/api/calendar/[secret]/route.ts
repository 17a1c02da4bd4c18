import { route } from '@/app/_server/route'
import { limit, limitKey } from '@/lib/commands/rate-limit'
import { Refusal } from '@/lib/domain/refusal'
import { calendarFeed } from '@/lib/queries/calendar-feed'

/** From one network address: an office whose calendars all read once in a while, but no flood. */
const RATE = { max: 300, seconds: 600 }

/**
 * One member's calendar behind its secret address, for programs that cannot sign in. Whatever is not an address that
 * answers now is `not_found` alike. Calendars like an ending, so `.ics` may follow.
 */
export const GET = route('public', async ({ context, params }) => {
  await limit(context.store, limitKey('calendar', context.address), RATE, context.clock.now())
  const secret = String(params.secret).replace(/\.ics$/, '')
  const calendar = await calendarFeed(context, secret)
  if (calendar === null) throw new Refusal('not_found')
  return new Response(calendar, {
    headers: {
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': 'inline; filename="throughline.ics"',
      'cache-control': 'private, no-store',
      'referrer-policy': 'no-referrer',
    },
  })
})
