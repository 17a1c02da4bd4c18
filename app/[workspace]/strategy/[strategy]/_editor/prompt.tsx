'use client'
import { useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import type { ItemKind } from '@/lib/document/items/kinds'
import type { Chapter } from '@/lib/document/roots'
import { kindsIn } from '../_items/kinds-in'

/** Under an empty chapter: one sentence as it should be, one as it should not, and what it is made of. */
export function Prompt({ root, begin }: { root: Chapter; begin: ((kind: ItemKind) => void) | null }) {
  const t = useWords()
  return (
    <div className="prompt">
      <dl>
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
      <fieldset className="begin" disabled={begin === null}>
        <legend>{t('items.begin')}</legend>
        {kindsIn[root].map((kind) => (
          <Button key={kind} size="sm" onClick={() => begin?.(kind)}>
            {t(`items.kind_${kind}`)}
          </Button>
        ))}
      </fieldset>
    </div>
  )
}
