import { route } from '@/app/_server/route'
import { isCycle } from '@/lib/domain/cycle'
import { Refusal } from '@/lib/domain/refusal'
import { sealText } from '@/lib/queries/quarters'

/** The bytes of a sealed plan, exactly those its hash was made of. */
export const GET = route('cycle.read', async ({ context, params }) => {
  const cycle = String(params.cycle)
  const seal = isCycle(cycle) ? await sealText(context, cycle) : null
  if (!seal) throw new Refusal('not_found')
  return new Response(seal.text, {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="plan-${cycle}.json"`,
      'cache-control': 'private, no-store',
      etag: `"${seal.hash}"`,
    },
  })
})
