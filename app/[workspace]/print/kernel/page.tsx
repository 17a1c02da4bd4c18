import { z } from 'zod'
import { localeOf } from '@/app/_i18n/locale'
import { getWords, Words } from '@/app/_i18n/words'
import { readZone } from '@/app/_server/appearance'
import { page } from '@/app/_server/page'
import { LinkButton } from '@/app/_ui/button'
import { Empty } from '@/app/_ui/empty'
import { Link } from '@/app/_ui/link'
import { PageTitle } from '@/app/_ui/page-title'
import { words } from '@/lib/i18n/words'
import { kernel } from '@/lib/queries/kernel'
import { PrintNow } from '../../strategy/[strategy]/print/print-now'
import { Fit } from './_kernel/fit'
import { Sheet } from './_kernel/sheet'
import './_kernel/kernel.css'

/** The kernel of the strategy on one sheet, for the wall or the pocket: A4 or A3, lying. */
export default page(
  'workspace.read',
  async ({ context, params }) => {
    const zone = await readZone()
    const [it, t] = await Promise.all([kernel(context, zone), getWords()])
    const home = `/${params.workspace}/quarters`
    if (!it)
      return (
        <main id="main" tabIndex={-1} className="kernel-none">
          <PageTitle of={[t('quarters.kernel_title')]} />
          <Empty level={1} title={t('quarters.kernel_none')} />
        </main>
      )
    const { paper } = params
    return (
      <Words of={['exchange.print', 'exchange.print_help']}>
        {/* The name a browser offers for the file. */}
        <title>{`${it.strategy.title}, ${t('quarters.kernel_title')}`}</title>
        <style>{`@page { size: ${paper.toUpperCase()} landscape; margin: 0; }`}</style>
        <nav className="kernel-bar" aria-label={t('quarters.kernel')}>
          <LinkButton href={home} look="plain" size="sm">
            {t('quarters.all')}
          </LinkButton>
          <b>{t('quarters.kernel_title')}</b>
          <span className="grow" />
          {/* biome-ignore lint/a11y/useSemanticElements: links, not fields of a form */}
          <div className="seg" role="group" aria-label={t('quarters.kernel_paper')}>
            {(['a4', 'a3'] as const).map((size) => (
              <Link key={size} href={`?paper=${size}`} aria-current={size === paper || undefined}>
                {t(`quarters.kernel_${size}`)}
              </Link>
            ))}
          </div>
          <PrintNow now={params.now !== undefined} />
        </nav>
        <main id="main" tabIndex={-1} className="kernel-desk" lang={localeOf(it.language)}>
          <section
            className="kernel-scroll"
            aria-label={t('quarters.kernel_title')}
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a sheet wider than the window scrolls, and keys must reach it
            tabIndex={0}
          >
            <Fit paper={paper}>
              {/* Paper speaks the language of the strategy, whoever prints it. */}
              <Sheet it={it} t={words(it.language)} now={context.clock.now()} zone={zone} />
            </Fit>
          </section>
        </main>
      </Words>
    )
  },
  z.object({
    workspace: z.string().max(80),
    paper: z.enum(['a4', 'a3']).catch('a4').default('a4'),
    now: z.string().optional().catch(undefined),
  }),
)
