'use client'
import { useEffect, useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Check } from '@/app/_ui/check'
import { Field, Input } from '@/app/_ui/field'
import { Segmented } from '@/app/_ui/segmented'
import { toast } from '@/app/_ui/toast'
import { type CarryFate, carryFates } from '@/lib/domain/carry-over'
import { verdicts } from '@/lib/domain/review'
import { carry, judge, readUnfinished } from '../../actions'
import { CloseNow } from './close-now'

type Unfinished = Extract<Awaited<ReturnType<typeof readUnfinished>>, { ok: true }>['value'][number]

/** So many are shown; the rest goes on unless their boards say otherwise. */
const SHOWN = 200

/**
 * What is asked before a review closes: a verdict for each finding, and what becomes of unfinished work. Then one click;
 * a second one, here or elsewhere, finds it closed.
 */
export function CloseForm({
  workspace,
  reviewId,
  cycle,
  company,
  open,
  departments,
  next,
  close,
}: {
  workspace: string
  reviewId: string
  cycle: string
  company: boolean
  /** Findings without a verdict. */
  open: readonly { readonly id: string; readonly text: string; readonly by: string }[]
  departments: readonly { readonly id: string; readonly name: string }[]
  /** The next quarter, in words. */
  next: string
  close: () => void
}) {
  const t = useWords()
  const [given, setGiven] = useState<Readonly<Record<string, string>>>({})
  const [unfinished, setUnfinished] = useState<readonly Unfinished[] | null>(company ? null : [])
  const [rest, setRest] = useState(true)
  useEffect(() => {
    if (!company) return
    let gone = false
    readUnfinished({ workspace, cycle }).then(
      (answer) => {
        if (gone) return
        if (answer.ok) setUnfinished(answer.value)
        else toast({ text: answer.message })
      },
      () => {
        if (!gone) toast({ text: t('common.no_answer') })
      },
    )
    return () => {
      gone = true
    }
  }, [company, cycle, t, workspace])

  const give = async (findingId: string, verdict: string) => {
    setGiven((known) => ({ ...known, [findingId]: verdict }))
    const answer = await judge({ workspace, findingId, verdict }).catch(() => null)
    if (answer?.ok) return
    toast({ text: answer?.message ?? t('common.no_answer') })
    setGiven(({ [findingId]: _, ...others }) => others)
  }
  const say = (id: string, fate: CarryFate | null, reason: string | null) =>
    setUnfinished((all) => all?.map((one) => (one.id === id ? { ...one, fate, reason } : one)) ?? null)
  const waiting = open.filter(({ id }) => given[id] === undefined)
  const left = unfinished?.filter(({ fate }) => fate === null) ?? []
  const said = unfinished?.filter(({ fate }) => fate !== null) ?? []
  return (
    <div className="cform">
      {open.length > 0 && (
        <section>
          <h3>{t('reviews.ui_close_verdicts', { n: waiting.length })}</h3>
          <ul>
            {open.map(({ id, text, by }) => (
              <li key={id}>
                <span className="grow">
                  {text} <small className="quiet">{by}</small>
                </span>
                <Segmented
                  label={t('reviews.ui_verdict_on', { text: text.slice(0, 80) })}
                  options={verdicts.map((value) => ({ value, label: t(`reviews.ui_verdict_${value}`) }))}
                  {...(given[id] !== undefined && { value: given[id] })}
                  onChange={(verdict) => void give(id, verdict)}
                />
              </li>
            ))}
          </ul>
        </section>
      )}
      {company && (
        <section>
          <h3>{t('reviews.ui_close_carry', { n: unfinished?.length ?? 0 })}</h3>
          <p className="help">{t('reviews.ui_close_carry_help', { next })}</p>
          {unfinished === null ? (
            <p className="quiet">{t('reviews.ui_coming')}</p>
          ) : (
            unfinished.length > 0 && (
              <>
                <ul className="carries">
                  {departments.map(({ id, name }) => {
                    const theirs = unfinished.slice(0, SHOWN).filter((one) => one.departmentId === id)
                    return (
                      theirs.length > 0 && (
                        <li key={id}>
                          <h4>{name}</h4>
                          <ul>
                            {theirs.map((one) => (
                              <Carry
                                key={one.id}
                                workspace={workspace}
                                cycle={cycle}
                                activity={one}
                                said={(fate, reason) => say(one.id, fate, reason)}
                              />
                            ))}
                          </ul>
                        </li>
                      )
                    )
                  })}
                </ul>
                {left.length > 0 && (
                  <Check checked={rest} onChange={(event) => setRest(event.target.checked)}>
                    {t('reviews.ui_close_rest', { n: left.length })}
                  </Check>
                )}
                {said.length > 0 && (
                  <p className="help">
                    {t('reviews.ui_close_said', {
                      n: said.length,
                      stop: said.filter(({ fate }) => fate === 'stop').length,
                    })}
                  </p>
                )}
              </>
            )
          )}
        </section>
      )}
      <p className="what">
        {t(company ? 'reviews.ui_close_company' : 'reviews.ui_close_department', { next })}
      </p>
      <CloseNow workspace={workspace} reviewId={reviewId} rest={rest ? 'continue' : null} close={close} />
    </div>
  )
}

/** One unfinished activity: goes on as it is, goes on changed, or is stopped. The last two want a reason. */
function Carry({
  workspace,
  cycle,
  activity,
  said,
}: {
  workspace: string
  cycle: string
  activity: Unfinished
  said: (fate: CarryFate | null, reason: string | null) => void
}) {
  const t = useWords()
  const [wanted, setWanted] = useState<CarryFate | null>(activity.fate)
  const [reason, setReason] = useState(activity.reason ?? '')
  const [wrong, setWrong] = useState<string | null>(null)
  const send = async (fate: CarryFate, why: string) => {
    const answer = await carry({ workspace, cycle, activityId: activity.id, fate, reason: why }).catch(
      () => null,
    )
    if (answer?.ok) {
      setWrong(null)
      said(fate, why.trim() === '' ? null : why)
    } else setWrong(answer?.message ?? t('common.no_answer'))
  }
  const asks = wanted !== null && wanted !== 'continue'
  return (
    <li className="carry">
      <span className="grow">{activity.title}</span>
      {activity.mayCarry ? (
        <Segmented
          label={t('reviews.ui_carry_of', { title: activity.title })}
          options={carryFates.map((value) => ({ value, label: t(`reviews.ui_carry_${value}`) }))}
          {...(wanted !== null && { value: wanted })}
          onChange={(fate) => {
            setWanted(fate)
            if (fate === 'continue' || reason.trim() !== '') void send(fate, reason)
          }}
        />
      ) : (
        <span className="quiet">{t(`reviews.ui_carry_${activity.fate ?? 'open'}`)}</span>
      )}
      {asks && (
        <Field label={t('reviews.ui_carry_reason')} error={wrong} className="why">
          <Input
            value={reason}
            autoComplete="off"
            onChange={(event) => setReason(event.target.value)}
            onBlur={() => {
              if (wanted && reason.trim() !== '' && reason !== activity.reason) void send(wanted, reason)
            }}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && wanted && reason.trim() !== '') void send(wanted, reason)
            }}
          />
        </Field>
      )}
    </li>
  )
}
