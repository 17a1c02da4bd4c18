import { z } from 'zod'
import { getWords, Words } from '@/app/_i18n/words'
import { readZone } from '@/app/_server/appearance'
import { page } from '@/app/_server/page'
import { LinkButton } from '@/app/_ui/button'
import { exportCss } from '@/lib/document/export-html/css'
import { articleHtml } from '@/lib/document/export-html/write'
import { fileSource } from '@/lib/document/links'
import { strategyForExport } from '@/lib/queries/export'
import { exportWords } from '@/lib/queries/export-words'
import { PrintNow } from './print-now'
import './print.css'

/** The strategy as it comes out of a printer, without anything around it. */
export default page(
  'strategy.read',
  async ({ context, params }) => {
    const t = await getWords()
    const comments = params.comments !== 'no'
    const strategy = await strategyForExport(context, params.strategy, { comments })
    const words = exportWords(strategy.language, strategy.at, await readZone())
    const html = articleHtml(strategy, {
      words,
      source: (fileId) => (strategy.pictures.has(fileId) ? fileSource(fileId) : null),
    })
    const here = `/${params.workspace}/strategy/${params.strategy}`
    return (
      <Words of={['exchange.print', 'exchange.print_help']}>
        {/* The name a browser offers for the file. */}
        <title>{strategy.title}</title>
        <style>{exportCss(strategy.title)}</style>
        <nav className="print-bar" aria-label={t('exchange.print')}>
          <LinkButton href={here} look="plain" size="sm">
            {t('exchange.print_back')}
          </LinkButton>
          <span className="grow" />
          <LinkButton href={comments ? '?comments=no' : '?'} size="sm">
            {t(comments ? 'exchange.print_without' : 'exchange.print_with')}
          </LinkButton>
          <PrintNow now={params.now !== undefined} />
        </nav>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: written by articleHtml, which escapes every word */}
        <main id="main" tabIndex={-1} className="print-page" dangerouslySetInnerHTML={{ __html: html }} />
      </Words>
    )
  },
  z.object({
    workspace: z.string().max(80),
    strategy: z.string().max(40),
    comments: z.string().optional().catch(undefined),
    now: z.string().optional().catch(undefined),
  }),
)
