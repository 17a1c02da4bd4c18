'use client'
import { useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import type { Answer } from '@/app/_server/answer'
import { Avatar } from '@/app/_ui/avatar'
import { Button } from '@/app/_ui/button'
import { Check } from '@/app/_ui/check'
import { Field, Input, Select, Textarea } from '@/app/_ui/field'
import { Submit, SubmitForm } from '@/app/_ui/submit-form'
import { changeReview, prepareReview } from '../actions'
import type { ReviewWorld } from './review-world'

/** A review that is there, as far as the form changes it. */
export interface ReviewNow {
  readonly id: string
  readonly leadId: string | null
  readonly participants: readonly string[]
  readonly heldOn: string | null
  readonly limited: boolean
  readonly goals: string
}

/** Prepares a review, or changes who takes part, when, and what it is for. */
export function ReviewForm({
  workspace,
  world,
  start,
  review,
  close,
  done,
}: {
  workspace: string
  world: Pick<ReviewWorld, 'me' | 'people' | 'whose' | 'cycles'>
  /** The row the form was opened from. */
  start?: { readonly cycle: string; readonly departmentId: string | null }
  review?: ReviewNow
  close: () => void
  done: (reviewId: string) => unknown
}) {
  const t = useWords()
  const [whose, setWhose] = useState(start?.departmentId ?? world.whose[0]?.id ?? '')
  const [lead, setLead] = useState(review ? (review.leadId ?? '') : world.me)
  // Whom somebody ticked or unticked; everybody else is in as the department says.
  const [ticked, setTicked] = useState<Readonly<Record<string, boolean>>>({})
  const invited = (person: ReviewWorld['people'][number]) =>
    ticked[person.id] ??
    (review
      ? review.participants.includes(person.id)
      : person.id === world.me || person.id === lead || (whose !== '' && person.departments.includes(whose)))
  const count = world.people.filter(invited).length
  const save = async (input: Record<string, unknown>): Promise<Answer<{ reviewId: string }>> => {
    const fields = {
      heldOn: String(input.heldOn) || null,
      leadId: lead || null,
      participants: world.people.filter(invited).map(({ id }) => id),
      limited: input.limited === true,
      goals: String(input.goals),
    }
    if (!review)
      return prepareReview({ workspace, cycle: String(input.cycle), departmentId: whose || null, ...fields })
    const answer = await changeReview({ workspace, reviewId: review.id, ...fields })
    return answer.ok ? { ok: true, value: { reviewId: review.id } } : answer
  }
  return (
    <SubmitForm action={save} done={({ reviewId }) => done(reviewId)} className="rform">
      {!review && (
        <div className="cols2">
          <Field label={t('reviews.ui_quarter')} name="cycle">
            <Select defaultValue={start?.cycle ?? world.cycles[0]?.cycle}>
              {world.cycles.map(({ cycle, name }) => (
                <option key={cycle} value={cycle}>
                  {name}
                </option>
              ))}
            </Select>
          </Field>
          <Field label={t('reviews.ui_whose')} name="departmentId">
            <Select value={whose} onChange={(event) => setWhose(event.target.value)}>
              {world.whose.map(({ id, name }) => (
                <option key={id ?? ''} value={id ?? ''}>
                  {name}
                </option>
              ))}
            </Select>
          </Field>
        </div>
      )}
      <div className="cols2">
        <Field label={t('reviews.ui_lead')} name="leadId" help={t('reviews.ui_lead_help')}>
          <Select value={lead} onChange={(event) => setLead(event.target.value)}>
            <option value="">{t('reviews.ui_nobody')}</option>
            {world.people.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t('reviews.ui_day')} name="heldOn">
          <Input type="date" defaultValue={review?.heldOn ?? ''} />
        </Field>
      </div>
      <fieldset className="who">
        <legend className="label">
          {t('reviews.ui_participants')} <small className="num">{t('reviews.ui_chosen', { n: count })}</small>
        </legend>
        <ul>
          {world.people.map((person) => (
            <li key={person.id}>
              <label className="check">
                <input
                  type="checkbox"
                  value={person.id}
                  checked={invited(person)}
                  onChange={(event) => setTicked({ ...ticked, [person.id]: event.target.checked })}
                />
                <Avatar id={person.userId} name={person.name} image={person.image} size="sm" />
                <span>{person.name}</span>
              </label>
            </li>
          ))}
        </ul>
      </fieldset>
      <Field label={t('reviews.ui_goals')} name="goals" help={t('reviews.ui_goals_help')}>
        <Textarea rows={2} defaultValue={review?.goals ?? ''} />
      </Field>
      <Check name="limited" defaultChecked={review?.limited ?? false} help={t('reviews.ui_limited_help')}>
        {t('reviews.ui_limited')}
      </Check>
      <footer>
        <Button onClick={close}>{t('common.cancel')}</Button>
        <Submit>{t(review ? 'common.save' : 'reviews.ui_prepare')}</Submit>
      </footer>
    </SubmitForm>
  )
}
