import { readZone } from '@/app/_server/appearance'
import { route } from '@/app/_server/route'
import { sayCycle } from '@/app/[workspace]/measures/_measures/say-cycle'
import { limit, limitKey } from '@/lib/commands/rate-limit'
import { isCycle } from '@/lib/domain/cycle'
import { Refusal } from '@/lib/domain/refusal'
import { words } from '@/lib/i18n/words'
import { coherencePage } from '@/lib/queries/coherence'
import { sayRisk } from '../../_parts/say'
import { matrixCsv } from '../matrix-csv'
import { matrixSvg } from '../matrix-svg'

/** Enough for somebody who takes every quarter out, not for a loop. */
const EXPORTS = { max: 60, seconds: 600 }

/** The matrix of a quarter, or of all, as a table or as a picture. */
export const GET = route('coherence.read', async ({ context, params, request }) => {
  const asked = new URL(request.url).searchParams.get('cycle')
  const cycle = isCycle(asked) ? asked : null
  await limit(context.store, limitKey('export', context.actor.memberId), EXPORTS, context.clock.now())
  const it = await coherencePage(context, cycle, await readZone())
  if (!it) throw new Refusal('not_found')
  const t = words(context.language)
  const title = t('coherence.matrix_caption', { cycle: cycle ? sayCycle(cycle, t) : t('coherence.all') })
  const nameOf = (id: string) => it.people.find((person) => person.id === id)?.name ?? t('coherence.somebody')
  switch (params.format) {
    case 'csv':
      // With its mark, or sheets take Chinese for something else.
      return file(`\ufeff${matrixCsv(it.matrix, it.boards, t)}`, 'text/csv; charset=utf-8', `${title}.csv`)
    case 'svg':
      return file(
        matrixSvg(it.matrix, it.boards, title, t, (risk) => sayRisk(risk, nameOf, t, context.language)),
        'image/svg+xml; charset=utf-8',
        `${title}.svg`,
      )
    default:
      throw new Refusal('not_found')
  }
})

function file(body: string, type: string, name: string): Response {
  const plain = name.replace(/[^\x20-\x7e]/g, '_')
  return new Response(body, {
    headers: {
      'content-type': type,
      'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`,
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
      // A picture is opened by whoever has it; it brings no script, and may run none.
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    },
  })
}
