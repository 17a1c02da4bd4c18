'use client'
import { useContext, useEffect, useMemo, useRef, useState } from 'react'
import type { Say } from '@/app/_i18n/say'
import { useWords } from '@/app/_i18n/words-provider'
import type { Answer } from '@/app/_server/answer'
import { Button } from '@/app/_ui/button'
import { Field, Input, Select, Textarea } from '@/app/_ui/field'
import { Submit, SubmitForm } from '@/app/_ui/submit-form'
import { Pick } from '@/app/[workspace]/boards/[board]/_activity/pick'
import { departmentName } from '@/app/[workspace]/measures/_measures/department'
import { readNumber } from '@/app/[workspace]/measures/_measures/pasted'
import type { Finding } from '@/lib/domain/review'
import { newId } from '@/lib/kit/ids'
import type { ChangeableWords, ReviewChoices } from '@/lib/queries/review-choices'
import { decide } from '../../actions'
import { thingOptions } from './choice-words'
import { keepDecision, type SaidDecision } from './decision-outbox'
import { usePeople } from './people'
import { RoomHere } from './room'
import { sayItemKind, sayPart } from './say-part'
import { useChoices } from './use-choices'
import { useReviewAct } from './use-review-act'
import { WordDiff } from './word-diff'

export type DecisionKind = 'wording' | 'activity' | 'target'

/** One decision with who follows it and by when. It lands where it belongs as soon as it is written down. */
export function DecideForm({
  workspace,
  reviewId,
  kind,
  finding,
  close,
}: {
  workspace: string
  reviewId: string
  kind: DecisionKind
  /** What it answers. */
  finding?: Pick<Finding, 'id' | 'text' | 'about'>
  close: () => void
}) {
  const t = useWords()
  const act = useReviewAct()
  const choices = useChoices(workspace, reviewId)
  const people = usePeople()
  // The title says what was decided. Until somebody writes another one it follows what is chosen.
  const [title, setTitle] = useState<string | null>(null)
  const [usual, setUsual] = useState('')
  const [chosen, setChosen] = useState<DecisionInput | null>(null)
  const room = useContext(RoomHere)
  const [id] = useState(() => newId('dcn'))
  const save = async (input: Record<string, unknown>): Promise<Answer<{ sent: boolean }>> => {
    const decision = typeof chosen === 'function' ? chosen(input) : null
    if (decision === null || 'problem' in decision)
      return {
        ok: false,
        code: 'required',
        message: t('common.field_required'),
        detail: { field: decision?.problem ?? 'what' },
      }
    const said: SaidDecision = {
      ...(finding && { findingId: finding.id }),
      title: (title ?? usual) || finding?.text.slice(0, 200) || t(`reviews.ui_new_${kind}`),
      ownerId: String(input.ownerId) || null,
      due: String(input.due) || null,
      decision,
    }
    try {
      const answer = await decide({ workspace, reviewId, id, ...said })
      return answer.ok ? { ok: true, value: { sent: true } } : answer
    } catch (error) {
      // Nobody answered. It is sent when somebody does, under the same id: perhaps it has arrived.
      if (!room || !keepDecision(room.userId, reviewId, { id, said, refused: '' })) throw error
      return { ok: true, value: { sent: false } }
    }
  }
  const given = {
    choices,
    finding,
    choose: (next: DecisionInput | null) => setChosen(() => next),
    call: setUsual,
  }
  return (
    <SubmitForm
      action={save}
      done={({ sent }) => {
        close()
        if (sent) void act(async () => ({ ok: true, value: null }))
      }}
      className="dform"
    >
      {finding && (
        <p className="of quiet">
          {t('reviews.ui_decide_answers')} <q>{finding.text}</q>
        </p>
      )}
      {kind === 'wording' && <Wording {...given} />}
      {kind === 'activity' && <NewActivity {...given} />}
      {kind === 'target' && <NewTarget {...given} />}
      <Field
        label={t(kind === 'activity' ? 'reviews.ui_activity_title' : 'reviews.ui_decision_title')}
        name="title"
        {...(kind !== 'activity' && { help: t('reviews.ui_decision_title_help') })}
      >
        <Input
          required
          maxLength={200}
          autoComplete="off"
          value={title ?? usual}
          onChange={(event) => setTitle(event.target.value)}
        />
      </Field>
      <div className="cols2">
        <Field label={t('reviews.ui_owner')} name="ownerId">
          <Select defaultValue="">
            <option value="">{t('reviews.ui_nobody')}</option>
            {people.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t('reviews.ui_due')} name="due">
          <Input type="date" />
        </Field>
      </div>
      <footer>
        <Button onClick={close}>{t('common.cancel')}</Button>
        <Submit aria-disabled={choices === null || undefined}>{t(`reviews.ui_decide_${kind}`)}</Submit>
      </footer>
    </SubmitForm>
  )
}

type Decision = Parameters<typeof decide>[0]['decision']
/** What was chosen, with what stands in the fields; or the field that says nothing yet. */
type DecisionInput = (input: Record<string, unknown>) => Decision | { readonly problem: string }

interface Part {
  readonly choices: ReviewChoices | null
  readonly finding: Pick<Finding, 'id' | 'text' | 'about'> | undefined
  readonly choose: (input: DecisionInput | null) => void
  /** The title as long as nobody writes another. */
  readonly call: (title: string) => void
}

const wordKey = ({ itemId, part, lang }: ChangeableWords) => `${itemId} ${part} ${lang ?? ''}`

/** "For whom, English", "P2 Title". */
function sayWords({ kind, code, part, lang }: ChangeableWords, t: Say): string {
  const what =
    kind === 'positioning' ? sayPart(part, t) : `${code ?? sayItemKind(kind, t)} ${sayPart(part, t)}`
  return lang ? `${what}, ${t(`reviews.ui_lang_${lang}`)}` : what
}

/** Other words for a sentence of the strategy: what it says, what it shall say, and the difference while one types. */
function Wording({ choices, finding, choose, call }: Part) {
  const t = useWords()
  const [key, setKey] = useState<string | null>(null)
  const [to, setTo] = useState('')
  const options = useMemo(() => {
    if (!choices) return null
    // What the finding is about stands first.
    const first = (one: ChangeableWords) =>
      finding?.about.some((ref) => ref === one.itemId || ref === `${one.itemId}/${one.part}`) ? 0 : 1
    return [...choices.words]
      .sort((a, b) => first(a) - first(b))
      .map((one) => ({
        id: wordKey(one),
        name: one.words,
        quoted: true,
        sub: sayWords(one, t),
        words: one.code ?? '',
      }))
  }, [choices, finding, t])
  const from = choices?.words.find((one) => wordKey(one) === key) ?? null
  const take = (words: ChangeableWords | null, next: string) => {
    setTo(next)
    choose(
      words &&
        (() =>
          next.trim() === '' || next === words.words
            ? { problem: 'words' }
            : {
                kind: 'wording',
                strategyId: words.strategyId,
                itemId: words.itemId,
                part: words.part,
                lang: words.lang,
                words: next,
              }),
    )
  }
  return (
    <>
      <div className="field">
        <span className="label">{t('reviews.ui_which_words')}</span>
        <Pick
          label={t('reviews.ui_which_words')}
          trigger={from ? sayWords(from, t) : t('reviews.ui_choose_words')}
          triggerClassName="input pickfield"
          options={options}
          chosen={key ? [key] : []}
          width={520}
          onPick={(id) => {
            const words = choices?.words.find((one) => wordKey(one) === id)
            if (!words) return
            setKey(id)
            call(t('reviews.ui_wording_title', { what: sayWords(words, t) }))
            take(words, words.words)
          }}
        />
      </div>
      {from && (
        <>
          <Field label={t('reviews.ui_new_words')} name="words">
            <Textarea
              rows={3}
              className="words"
              value={to}
              onChange={(event) => take(from, event.target.value)}
            />
          </Field>
          <div className="preview" aria-live="polite">
            {to === from.words ? (
              <span className="quiet">{t('reviews.ui_words_same')}</span>
            ) : (
              <p className="w">
                <WordDiff from={from.words} to={to} />
              </p>
            )}
          </div>
        </>
      )}
    </>
  )
}

/** A card on a board, for the next quarter. */
function NewActivity({ choices, finding, choose, call }: Part) {
  const t = useWords()
  const [serves, setServes] = useState<readonly string[]>(
    () => finding?.about.filter((ref) => ref.startsWith('itm_')) ?? [],
  )
  const options = useMemo(
    () => choices && thingOptions(choices, t).filter(({ id }) => id.startsWith('itm_')),
    [choices, t],
  )
  const take = (next: readonly string[]) => {
    setServes(next)
    choose((input) => {
      const departmentId = String(input.departmentId)
      if (departmentId === '') return { problem: 'departmentId' }
      return {
        kind: 'activity',
        departmentId,
        effort: readNumber(String(input.effort ?? '')),
        serves: [...next],
      }
    })
  }
  useOnce(() => {
    take(serves)
    call('')
  })
  return (
    <>
      <div className="cols2">
        <Field label={t('reviews.ui_board')} name="departmentId">
          <Select key={choices ? 'here' : 'coming'} defaultValue={usualDepartment(choices, finding)}>
            {choices?.boards.map((board) => (
              <option key={board.departmentId} value={board.departmentId}>
                {departmentName(board, t)}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t('reviews.ui_effort')} name="effort">
          <Input inputMode="decimal" autoComplete="off" />
        </Field>
      </div>
      <div className="about">
        <span className="label">{t('reviews.ui_serves')}</span>
        <span className="chips">
          {serves.map((ref) => (
            <button
              key={ref}
              type="button"
              className="chip serif"
              onClick={() => take(serves.filter((one) => one !== ref))}
            >
              {options?.find(({ id }) => id === ref)?.name ?? '…'}
            </button>
          ))}
          <Pick
            label={t('reviews.ui_serves')}
            trigger={t('reviews.ui_about_add')}
            triggerClassName="btn plain sm"
            options={options}
            chosen={serves}
            many
            width={420}
            onPick={(id) =>
              id !== null && take(serves.includes(id) ? serves.filter((one) => one !== id) : [...serves, id])
            }
          />
        </span>
      </div>
    </>
  )
}

/** The target of the next quarter. */
function NewTarget({ choices, finding, choose, call }: Part) {
  const t = useWords()
  const [measureId, setMeasureId] = useState('')
  const [value, setValue] = useState('')
  const measures = choices?.measures ?? []
  const about = finding?.about.find((ref) => measures.some(({ id }) => id === ref))
  const id = measureId || about || ''
  const measure = measures.find((one) => one.id === id)
  const say = (name: string | undefined, text: string) =>
    call(name && text.trim() !== '' ? t('reviews.ui_target_title', { name, value: text.trim() }) : '')
  useOnce(() =>
    choose((input) => {
      const number = readNumber(String(input.value ?? ''))
      if (String(input.measureId) === '') return { problem: 'measureId' }
      if (number === null) return { problem: 'value' }
      return { kind: 'target', measureId: String(input.measureId), value: number }
    }),
  )
  return (
    <div className="cols2">
      <Field
        label={t('reviews.ui_measure')}
        name="measureId"
        {...(measure && {
          help: t('reviews.ui_target_now', {
            now: measure.target === null ? '–' : String(measure.target),
            next: measure.nextTarget === null ? '–' : String(measure.nextTarget),
          }),
        })}
      >
        <Select
          value={id}
          onChange={(event) => {
            setMeasureId(event.target.value)
            say(measures.find((one) => one.id === event.target.value)?.name, value)
          }}
        >
          <option value="">{t('reviews.ui_choose_measure')}</option>
          {measures.map(({ id, name, unit }) => (
            <option key={id} value={id}>
              {unit === '' ? name : `${name} (${unit})`}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t('reviews.ui_target_value')} name="value">
        <Input
          inputMode="decimal"
          autoComplete="off"
          value={value}
          onChange={(event) => {
            setValue(event.target.value)
            say(measure?.name, event.target.value)
          }}
        />
      </Field>
    </div>
  )
}

/** Where the finding's own work lies, else the first board. */
function usualDepartment(choices: ReviewChoices | null, finding: Part['finding']): string {
  const about = new Set<string>(finding?.about)
  const near =
    choices?.activities.find(({ id }) => about.has(id)) ??
    choices?.measures.find(({ id, departmentId }) => departmentId !== null && about.has(id))
  return near?.departmentId ?? choices?.boards[0]?.departmentId ?? ''
}

function useOnce(work: () => void): void {
  const first = useRef(work)
  useEffect(() => first.current(), [])
}
