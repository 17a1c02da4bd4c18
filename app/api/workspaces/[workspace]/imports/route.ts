import { readFileBody } from '@/app/_server/file-body'
import { route } from '@/app/_server/route'
import { importFile, tryImport } from '@/lib/commands/import-file'
import { isLanguage } from '@/lib/domain/language'

/**
 * A file as a new strategy. With `?dry` it is only read, and the answer says what would be created and what not;
 * without, the answer is { id } of the strategy. `language` counts where the file does not say its own.
 */
export const POST = route('strategy.create', async ({ context, request }) => {
  const { dry, ...file } = await readFileBody(request)
  const headers = { 'cache-control': 'private, no-store' }
  if (dry) return Response.json(await tryImport(context, file), { headers })
  const given = new URL(request.url).searchParams.get('language')
  const { id } = await importFile(context, file, { language: isLanguage(given) ? given : context.language })
  return Response.json({ id }, { status: 201, headers })
})
