import { readFigures } from '@/app/_server/figures'
import { route } from '@/app/_server/route'
import { Refusal } from '@/lib/domain/refusal'

/** Figures of this node in Prometheus' format, for whoever sends `Authorization: Bearer METRICS_TOKEN`. */
export const GET = route('public', async ({ request }) => {
  const figures = await readFigures(request.headers.get('authorization'))
  // Without the token there is nothing here.
  if (!figures) throw new Refusal('not_found')
  return new Response(figures.text, {
    headers: { 'content-type': figures.type, 'cache-control': 'no-store' },
  })
})
