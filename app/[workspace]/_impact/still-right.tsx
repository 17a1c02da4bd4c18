'use client'
import { useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { Field, Input } from '@/app/_ui/field'
import { toast } from '@/app/_ui/toast'
import { useAct } from '@/app/_ui/use-act'
import { type ImpactAnswer, impactAnswers } from '@/lib/domain/impact'
import type { MovedWork } from '@/lib/queries/moved'
import { answerImpact } from './actions'
import './still-right.css'

/** Words an activity serves have moved: what they said, what they say, and the three answers. */
export function StillRight({
  workspace,
  work,
  answered,
}: {
  workspace: string
  work: MovedWork
  /** Beside reading the page again. */
  answered?: () => void
}) {
  const t = useWords()
  return (
    <div className="still">
      {work.impacts.map((impact) => (
        <div key={impact.id} className="still-one">
          <p className="still-of">
            {impact.slot
              ? t('coherence.impact_moved_slot', { slot: t(`coherence.impact_slot_${impact.slot}`) })
              : t('coherence.impact_moved_words')}
          </p>
          <p className="still-words">
            {impact.was !== '' && <del>{impact.was}</del>} <ins>{impact.now}</ins>
          </p>
          {work.may ? (
            <Answers
              workspace={workspace}
              impactId={impact.id}
              activityId={work.activityId}
              title={work.title}
              {...(answered && { answered })}
            />
          ) : (
            <p className="quiet">{t('coherence.impact_waits')}</p>
          )}
        </div>
      ))}
    </div>
  )
}

function Answers({
  workspace,
  impactId,
  activityId,
  title,
  answered,
}: {
  workspace: string
  impactId: string
  activityId: string
  title: string
  answered?: () => void
}) {
  const t = useWords()
  const act = useAct()
  const [chosen, setChosen] = useState<ImpactAnswer | null>(null)
  const [note, setNote] = useState('')
  const [busy, setBusy] = useState(false)
  const send = async (answer: ImpactAnswer) => {
    setBusy(true)
    const done = await act(() => answerImpact({ workspace, impactId, activityId, answer, note }))
    setBusy(false)
    if (!done) return
    toast({ text: t(`coherence.impact_said_${answer}`, { title }) })
    answered?.()
  }
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would be a form's, and two of the three open one */}
      <div className="row wrap" role="group" aria-label={t('coherence.impact_question', { title })}>
        {impactAnswers.map((answer) => (
          <Button
            key={answer}
            size="sm"
            busy={busy && chosen === null}
            aria-pressed={answer === 'right' ? undefined : chosen === answer}
            onClick={() =>
              answer === 'right' ? void send(answer) : setChosen(chosen === answer ? null : answer)
            }
          >
            {t(`coherence.impact_${answer}`)}
          </Button>
        ))}
      </div>
      {chosen && (
        <form
          className="still-note"
          onSubmit={(event) => {
            event.preventDefault()
            if (!busy) void send(chosen)
          }}
        >
          <Field label={t(`coherence.impact_note_${chosen}`)}>
            <Input
              value={note}
              maxLength={500}
              autoComplete="off"
              onChange={(event) => setNote(event.target.value)}
            />
          </Field>
          <Button type="submit" size="sm" look="ink" busy={busy}>
            {t('coherence.impact_answer')}
          </Button>
        </form>
      )}
    </>
  )
}
