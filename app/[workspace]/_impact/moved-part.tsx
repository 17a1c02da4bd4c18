'use client'
import { useLanguage, WordsProvider } from '@/app/_i18n/words-provider'
import { Late, latePart } from '@/app/_ui/late'
import { movedWords, readMoved, useMoved } from './moved-store'

const question = latePart(() => import('./still-right').then((module) => module.StillRight))

/** The question in the panel of an activity, while it is open. */
export function MovedPart({ activityId, slug }: { activityId: string; slug: string }) {
  const work = useMoved(activityId)
  const language = useLanguage()
  if (!work) return null
  return (
    <WordsProvider language={language} messages={movedWords()}>
      <Late part={question} missed={() => undefined}>
        {(StillRight) => <StillRight workspace={slug} work={work} answered={() => void readMoved(slug)} />}
      </Late>
    </WordsProvider>
  )
}
