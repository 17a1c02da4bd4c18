import { readZone } from '@/app/_server/appearance'
import { route } from '@/app/_server/route'
import { limit, limitKey } from '@/lib/commands/rate-limit'
import { writeHtml } from '@/lib/document/export-html/write'
import { writeJson } from '@/lib/document/export-json/write'
import { Refusal } from '@/lib/domain/refusal'
import { strategyForExport } from '@/lib/queries/export'
import { markdownOf } from '@/lib/queries/export-markdown'
import { exportWords } from '@/lib/queries/export-words'

const types: Readonly<Record<string, string>> = {
  md: 'text/markdown; charset=utf-8',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
  html: 'text/html; charset=utf-8',
  json: 'application/json; charset=utf-8',
}

/** A thread or a browser for each: enough for somebody who takes everything out, not for a loop. */
const EXPORTS = { max: 60, seconds: 600 }

/** The strategy as a file: md, docx, pdf, html or json. `?comments=no` leaves the threads out. */
export const GET = route('strategy.read', async ({ context, request, params }) => {
  const format = String(params.format)
  const type = types[format]
  if (!type) throw new Refusal('not_found')
  await limit(context.store, limitKey('export', context.actor.memberId), EXPORTS, context.clock.now())
  const comments = new URL(request.url).searchParams.get('comments') !== 'no' && format !== 'md'
  const strategy = await strategyForExport(context, String(params.strategy), { comments })
  const zone = await readZone()
  const words = exportWords(strategy.language, strategy.at, zone)
  const write = async (): Promise<string | Uint8Array> => {
    switch (format) {
      case 'docx':
        return context.exchange.docx(strategy, zone)
      case 'pdf':
        return context.exchange.pdf(writeHtml(strategy, { words }))
      case 'html':
        return writeHtml(strategy, { words })
      case 'json':
        return writeJson(strategy)
      default:
        return markdownOf(strategy)
    }
  }
  const body = await write()
  const name = fileName(strategy.title, format)
  return new Response(typeof body === 'string' ? body : new Blob([Uint8Array.from(body)]), {
    headers: {
      'content-type': type,
      'content-disposition': `attachment; filename="strategy.${format}"; filename*=UTF-8''${encodeURIComponent(name)}`,
      'cache-control': 'private, no-store',
      // Should a browser ever show it instead of keeping it, nothing in it runs or loads.
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox",
    },
  })
})

/** The title without what a file system reads as something else. */
function fileName(title: string, format: string): string {
  const clean = title
    .replace(/[\p{Cc}\p{Cf}\\/:*?"<>|]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[.\s]+|[.\s]+$/g, '')
  return `${[...clean].slice(0, 100).join('') || 'strategy'}.${format}`
}
