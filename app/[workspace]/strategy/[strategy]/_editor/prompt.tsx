'use client'
import { useWords } from '@/app/_i18n/words-provider'
import type { Chapter } from '@/lib/document/roots'

/** Under an empty chapter: one sentence as it should be, one as it should not. */
export function Prompt({ root }: { root: Chapter }) {
  const t = useWords()
  return (
    <dl className="prompt">
      <div>
        <dt>
          <span className="badge" data-s="good">
            {t('editor.example_good')}
          </span>
        </dt>
        <dd>{t(`editor.good_${root}`)}</dd>
      </div>
      <div>
        <dt>
          <span className="badge" data-s="none">
            {t('editor.example_weak')}
          </span>
        </dt>
        <dd>{t(`editor.weak_${root}`)}</dd>
      </div>
    </dl>
  )
}
