import { readFileBody } from '@/app/_server/file-body'
import { route } from '@/app/_server/route'
import { addLanguage, tryAddLanguage } from '@/lib/commands/add-language'

/** The second file of a pair, into an existing strategy. With `?dry` it is only compared. */
export const POST = route('strategy.edit', async ({ context, request, params }) => {
  const { dry, ...file } = await readFileBody(request)
  const input = { strategyId: String(params.strategy) }
  const pairing = await (dry ? tryAddLanguage : addLanguage)(context, file, input)
  return Response.json(pairing, { headers: { 'cache-control': 'private, no-store' } })
})
