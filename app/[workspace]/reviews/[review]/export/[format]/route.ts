import { readZone } from '@/app/_server/appearance'
import { route } from '@/app/_server/route'
import { limit, limitKey } from '@/lib/commands/rate-limit'
import { writeReportHtml } from '@/lib/document/report/write-html'
import { writeReportMarkdown } from '@/lib/document/report/write-markdown'
import { Refusal } from '@/lib/domain/refusal'
import { reviewReport } from '@/lib/queries/review-report'

const types: Readonly<Record<string, string>> = {
  md: 'text/markdown; charset=utf-8',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
}

/** A thread or a browser for each: enough for somebody who takes everything out, not for a loop. */
const EXPORTS = { max: 60, seconds: 600 }

/** The review as a report: md, docx or pdf. Who may not read it learns nothing of it. */
export const GET = route('review.read', async ({ context, params }) => {
  const format = String(params.format)
  const type = types[format]
  if (!type) throw new Refusal('not_found')
  await limit(context.store, limitKey('export', context.actor.memberId), EXPORTS, context.clock.now())
  const report = await reviewReport(context, String(params.review), await readZone())
  const write = async (): Promise<string | Uint8Array> => {
    switch (format) {
      case 'docx':
        return context.exchange.reportDocx(report)
      case 'pdf':
        return context.exchange.pdf(writeReportHtml(report))
      default:
        return writeReportMarkdown(report)
    }
  }
  const body = await write()
  const name = `${fileName(report.title)}.${format}`
  return new Response(typeof body === 'string' ? body : new Blob([Uint8Array.from(body)]), {
    headers: {
      'content-type': type,
      'content-disposition': `attachment; filename="review.${format}"; filename*=UTF-8''${encodeURIComponent(name)}`,
      'cache-control': 'private, no-store',
      'content-security-policy': "default-src 'none'; sandbox",
    },
  })
})

/** The title without what a file system reads as something else. */
function fileName(title: string): string {
  const clean = title
    .replace(/[\p{Cc}\p{Cf}\\/:*?"<>|：]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return [...clean].slice(0, 100).join('') || 'review'
}
