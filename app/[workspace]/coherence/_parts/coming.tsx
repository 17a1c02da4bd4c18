import type { Say } from '@/app/_i18n/say'
import { Skeleton } from '@/app/_ui/skeleton'
import type { View } from './address'
import { Head } from './head'

const named = {
  matrix: 'matrix',
  graph: 'graph',
  gaps: 'gaps',
  effort: 'effort',
  assumptions: 'ledger',
} as const satisfies Record<View, string>

/** A view before what it shows has been read: what it asks, the way to the others, and lines in its place. */
export function Coming({ slug, view, t }: { slug: string; view: View; t: Say }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: two <main> in one page, if only for a moment, would be one too many
    <div role="main" className="coh" id="main" tabIndex={-1}>
      <Head
        slug={slug}
        view={view}
        title={t(`coherence.${named[view]}_title`)}
        lead={t(`coherence.${named[view]}_lead`)}
        t={t}
      />
      <Skeleton
        label={t('coherence.coming')}
        lines={['100%', '34%', '88%', '41%', '94%', '29%', '90%', '37%']}
      />
    </div>
  )
}
