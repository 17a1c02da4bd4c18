import { route } from '@/app/_server/route'
import { places } from '@/lib/queries/shell'

/** Strategies and people for the palette, asked for when it opens. */
export const GET = route('workspace.read', async ({ context }) =>
  Response.json(await places(context), { headers: { 'cache-control': 'private, no-store' } }),
)
