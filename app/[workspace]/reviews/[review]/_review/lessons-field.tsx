'use client'
import { useEffect, useRef, useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Field, Textarea } from '@/app/_ui/field'
import { changeReview } from '../../actions'
import { useReviewAct } from './use-review-act'

/** The lesson of the quarter: saved on leaving the field. What another writes shows while nobody writes here. */
export function LessonsField({
  workspace,
  reviewId,
  lessons,
}: {
  workspace: string
  reviewId: string
  lessons: string
}) {
  const t = useWords()
  const act = useReviewAct()
  const [text, setText] = useState(lessons)
  const [unsaved, setUnsaved] = useState(false)
  const known = useRef(lessons)
  useEffect(() => {
    if (known.current !== lessons && !unsaved) setText(lessons)
    known.current = lessons
  }, [lessons, unsaved])
  const save = async () => {
    if (!unsaved) return
    const done = await act(async () => {
      const answer = await changeReview({ workspace, reviewId, lessons: text })
      return answer.ok ? { ok: true, value: true } : answer
    })
    if (done) setUnsaved(false)
  }
  return (
    <Field
      label={t('reviews.ui_lessons')}
      help={t(unsaved ? 'reviews.ui_lessons_unsaved' : 'reviews.ui_lessons_help')}
      className="lessons"
    >
      <Textarea
        rows={3}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          setUnsaved(true)
        }}
        onBlur={() => void save()}
      />
    </Field>
  )
}
