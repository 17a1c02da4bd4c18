import type { DiffView } from '@/lib/document/diff/passages'
import type { Words } from '@/lib/i18n/words'

/** "71 words added, 46 taken out, in three chapters, by three people. The positioning moved." */
export function summaryWords(t: Words, view: DiffView): string {
  if (view.changedChapters.length === 0) return t('versions.sum_nothing')
  const said = t('versions.sum', {
    added: view.added,
    removed: view.removed,
    chapters: view.changedChapters.length,
    people: view.people.length,
  })
  return view.positioning ? `${said}${t('versions.sum_positioning')}` : said
}
