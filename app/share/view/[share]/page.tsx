import { z } from 'zod'
import { formatMoment } from '@/app/_i18n/time'
import { readZone } from '@/app/_server/appearance'
import { page } from '@/app/_server/page'
import { readVisit } from '@/app/_server/share-visit'
import { exportCss } from '@/lib/document/export-html/css'
import { articleHtml } from '@/lib/document/export-html/write'
import { words } from '@/lib/i18n/words'
import { exportWords } from '@/lib/queries/export-words'
import { sharedView } from '@/lib/queries/share'
import { Over } from '../../_share/over'

/** What was shared, read-only, for a browser that exchanged the link. Nothing here says who else or what else there is. */
export default page(
  'public',
  async ({ context, params }) => {
    const view = await sharedView(context, params.share, await readVisit(params.share))
    if (!view) return <Over />
    const { strategy, language, version } = view
    const zone = await readZone()
    const t = words(language)
    const html = articleHtml(strategy, {
      words: exportWords(strategy.language, strategy.at, zone),
      source: (fileId) => `/share/view/${params.share}/files/${fileId}`,
    })
    const stands =
      version === null
        ? t('exchange.shared_live')
        : t('exchange.shared_fixed', {
            date: formatMoment(language, 'date', version.at, { now: context.clock.now(), zone }),
          })
    return (
      <>
        <title>{strategy.title}</title>
        <style>{exportCss(strategy.title)}</style>
        <header className="shared-bar" lang={language === 'zh' ? 'zh-Hans' : 'en'}>
          {t('exchange.shared_read_only')} · {stands}
        </header>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: written by articleHtml, which escapes every word */}
        <main id="main" tabIndex={-1} className="shared-page" dangerouslySetInnerHTML={{ __html: html }} />
      </>
    )
  },
  z.object({ share: z.string().max(40) }),
)
