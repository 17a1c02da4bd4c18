'use client'
import { useRouter } from 'next/navigation'
import { useEffect, useId, useRef, useState } from 'react'
import { useLanguage, useWords } from '@/app/_i18n/words-provider'
import { Badge } from '@/app/_ui/badge'
import { Button, LinkButton } from '@/app/_ui/button'
import { useFormRefusal } from '@/app/_ui/form-state'
import { Icon } from '@/app/_ui/icon'
import { Link } from '@/app/_ui/link'
import { Submit, SubmitForm } from '@/app/_ui/submit-form'
import { newId } from '@/lib/kit/ids'
import type { CheckInMeasure } from '@/lib/queries/check-in'
import { plainFigure } from '../../measures/_measures/figure'
import { readNumber } from '../../measures/_measures/pasted'
import { checkIn } from '../actions'
import { Line } from './line'

type Given = CheckInMeasure & { readonly targetSaid: string | null; readonly lastSaid: string }

const outlooks = [
  ['yes', 'good'],
  ['risk', 'risk'],
  ['no', 'off'],
] as const
type Outlook = (typeof outlooks)[number][0]

/** One measure after another; what was sent stays sent, whatever comes of the next. */
export function CheckIn({
  workspace,
  today,
  back,
  when,
  reviewId,
  review,
  deadline,
  measures,
}: {
  workspace: string
  today: string
  back: string
  when: string
  reviewId: string | null
  review: string | null
  /** The last day of the quarter, in words. */
  deadline: string
  measures: readonly Given[]
}) {
  const t = useWords()
  const [at, setAt] = useState(0)
  const [sent, setSent] = useState<ReadonlySet<string>>(new Set())
  const measure = measures[at]
  const root = useRef<HTMLDivElement>(null)
  const moved = useRef(false)
  useEffect(() => {
    // The next measure is read from its name on; the first is where the page begins anyway.
    if (moved.current && at >= 0) root.current?.querySelector('h1')?.focus()
    moved.current = true
    window.scrollTo(0, 0)
  }, [at])
  return (
    <div className="chk-all" ref={root}>
      <header className="chk-top">
        <LinkButton look="plain" icon href={back} aria-label={t('check.ui_close')}>
          <Icon name="x" />
        </LinkButton>
        <b>{t('check.ui_title')}</b>
        {measure && (
          <span className="quiet num">
            {t('check.ui_of', { n: at + 1, of: measures.length })}
            {when !== '' && `, ${when}`}
          </span>
        )}
        {measures.length > 1 && measure && (
          <span className="steps">
            <Button
              size="sm"
              look="plain"
              aria-disabled={at === 0}
              onClick={() => setAt(Math.max(0, at - 1))}
            >
              {t('check.ui_back')}
            </Button>
            <Button size="sm" look="plain" onClick={() => setAt(at + 1)}>
              {t('check.ui_skip')}
            </Button>
          </span>
        )}
      </header>
      {measure ? (
        <One
          key={measure.id}
          measure={measure}
          last={at === measures.length - 1}
          {...{ workspace, today, reviewId, deadline }}
          done={() => {
            setSent(new Set([...sent, measure.id]))
            setAt(at + 1)
          }}
        />
      ) : (
        <div className="chk-end">
          <h1 tabIndex={-1}>{t('check.ui_done', { n: sent.size })}</h1>
          <p>{t(review === null ? 'check.ui_done_alone' : 'check.ui_done_text')}</p>
          <p className="row wrap">
            {review !== null && (
              <LinkButton look="ink" href={review}>
                {t('check.ui_to_review')}
              </LinkButton>
            )}
            <LinkButton href={back}>{t('check.ui_to_work')}</LinkButton>
            <Link href={`/${workspace}/measures`}>{t('check.ui_measures')}</Link>
          </p>
        </div>
      )}
    </div>
  )
}

function One({
  measure,
  workspace,
  today,
  reviewId,
  deadline,
  last,
  done,
}: {
  measure: Given
  workspace: string
  today: string
  reviewId: string | null
  deadline: string
  last: boolean
  done: () => void
}) {
  const t = useWords()
  const language = useLanguage()
  const router = useRouter()
  const id = useId()
  const before = measure.values.at(-1)?.value ?? null
  const [typed, setTyped] = useState(before === null ? '' : plainFigure(language, before))
  const [outlook, setOutlook] = useState<Outlook | null>(null)
  const [findingId] = useState<string>(() => measure.finding?.id ?? newId('fnd'))
  const value = readNumber(typed)
  const step = stepOf(measure)
  const move = (by: number) => setTyped(plainFigure(language, tidy((value ?? before ?? 0) + by, step)))
  const { targetSaid } = measure

  const send = async (fields: Record<string, unknown>) => {
    if (value === null)
      return {
        ok: false,
        code: 'invalid_number',
        message: t('check.ui_no_number'),
        detail: { field: 'value' },
      } as const
    const words = String(fields.words ?? '').trim()
    const said =
      outlook === null || targetSaid === null
        ? ''
        : t(`check.ui_said_${outlook}`, {
            name: measure.name,
            target: targetSaid,
            day: deadline,
            now: plainFigure(language, value),
          })
    const word =
      reviewId === null || (words === '' && said === '')
        ? null
        : { reviewId, id: findingId, text: words === '' ? said : words, outlook: said }
    return checkIn({ workspace, measureId: measure.id, reading: { on: today, value }, word })
  }
  return (
    <SubmitForm
      className="chk"
      action={send}
      done={() => {
        done()
        router.refresh()
      }}
    >
      <div className="chk-body">
        <h1 tabIndex={-1}>{measure.name}</h1>
        {measure.shows !== null && <p className="pol">{measure.shows}</p>}
        <div className="val">
          <div className="field" data-says="">
            <label className="vh" htmlFor={`${id}-v`}>
              {measure.unit === '' ? t('check.ui_value') : t('check.ui_value_in', { unit: measure.unit })}
            </label>
            <span className="big">
              <input
                id={`${id}-v`}
                name="value"
                inputMode="decimal"
                autoComplete="off"
                required
                value={typed}
                size={Math.max(3, typed.length)}
                aria-describedby={`${id}-e ${id}-l`}
                onChange={(event) => setTyped(event.target.value)}
              />
              {measure.unit !== '' && <span className="unit">{measure.unit}</span>}
            </span>
            <Said id={`${id}-e`} />
            <small className="num" id={`${id}-l`}>
              {measure.lastSaid}
              {targetSaid !== null &&
                t(measure.sealed ? 'check.ui_sealed' : 'check.ui_target', { target: targetSaid })}
            </small>
          </div>
          <div className="steps">
            <Button
              aria-label={t('check.ui_less', { step: plainFigure(language, step) })}
              onClick={() => move(-step)}
            >
              −
            </Button>
            <Button
              aria-label={t('check.ui_more', { step: plainFigure(language, step) })}
              onClick={() => move(step)}
            >
              +
            </Button>
          </div>
        </div>
        <Line
          values={measure.values.filter(({ on }) => on !== today).map((reading) => reading.value)}
          target={measure.target}
          now={value}
          targetSaid={targetSaid}
          nowSaid={typed}
          label={t('check.ui_line', {
            n: measure.values.length,
            from: plainFigure(language, measure.values[0]?.value ?? 0),
            to: typed,
          })}
        />
        {reviewId !== null && (
          <>
            {targetSaid !== null && (
              <>
                <span className="label" id={`${id}-o`}>
                  {t('check.ui_will', { target: targetSaid, day: deadline })}
                </span>
                {/* biome-ignore lint/a11y/useSemanticElements: buttons that press, no fields */}
                <div className="three" role="group" aria-labelledby={`${id}-o`}>
                  {outlooks.map(([name, state]) => (
                    <Button
                      key={name}
                      aria-pressed={outlook === name}
                      onClick={() => setOutlook(outlook === name ? null : name)}
                    >
                      <Badge state={state}>{t(`check.ui_${name}`)}</Badge>
                    </Button>
                  ))}
                </div>
              </>
            )}
            <div className="field">
              <label htmlFor={`${id}-w`}>{t('check.ui_words')}</label>
              <textarea
                className="input"
                id={`${id}-w`}
                name="words"
                maxLength={1_000}
                rows={3}
                defaultValue={measure.finding?.text ?? ''}
                placeholder={t('check.ui_words_hint')}
              />
              <p className="help">
                {measure.finding && measure.finding.note !== '' ? measure.finding.note : t('check.ui_alone')}
              </p>
            </div>
          </>
        )}
      </div>
      <footer className="send">
        <Submit size="lg">{t(last ? 'check.ui_send' : 'check.ui_send_next')}</Submit>
      </footer>
    </SubmitForm>
  )
}

/** What was said no to about the number. */
function Said({ id }: { id: string }) {
  const said = useFormRefusal('value')
  return (
    <p className="error" id={id} hidden={said === null}>
      {said}
    </p>
  )
}

/** One sign at the place where its readings differ: 0.1 for 21.4, 1 for 340, 100 for 12,300. */
function stepOf({ values }: Given): number {
  const decimals = Math.max(
    0,
    ...values.slice(-8).map(({ value }) => (String(value).split('.')[1] ?? '').length),
  )
  if (decimals > 0) return 10 ** -Math.min(decimals, 4)
  const size = Math.abs(values.at(-1)?.value ?? 1)
  return size >= 10_000 ? 10 ** (Math.floor(Math.log10(size)) - 2) : 1
}

function tidy(value: number, step: number): number {
  return Number(value.toFixed(Math.max(0, Math.ceil(-Math.log10(step)))))
}
