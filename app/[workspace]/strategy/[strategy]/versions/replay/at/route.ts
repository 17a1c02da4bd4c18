import { z } from 'zod'
import { route } from '@/app/_server/route'
import { TEXT_ROOTS } from '@/lib/document/roots'
import { Refusal } from '@/lib/domain/refusal'
import { replayStep } from '@/lib/queries/replay'
import { labelsIn } from '../../../_versions/labels'

const query = z.object({
  seq: z.string().regex(/^\d{1,15}$/),
  /** Keys of the texts the page has already. */
  have: z.string().max(400).default(''),
})

/** The text of a strategy at a step of its replay; chapters the page already has come without their text. */
export const GET = route('strategy.read', async ({ context, request, params }) => {
  const asked = query.safeParse(Object.fromEntries(new URL(request.url).searchParams))
  if (!asked.success) throw new Refusal('not_found')
  const step = await replayStep(context, {
    strategyId: String(params.strategy).slice(0, 40),
    seq: Number(asked.data.seq),
    labels: labelsIn(context.language),
  })
  const have = new Set(asked.data.have.split('.'))
  const texts = TEXT_ROOTS.map((root) => {
    const { key, html } = step.texts[root]
    return { root, key, html: have.has(key) ? null : html }
  })
  return Response.json({ seq: step.seq, texts }, { headers: { 'cache-control': 'private, no-store' } })
})
