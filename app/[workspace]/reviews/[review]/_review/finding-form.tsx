'use client'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { Field, Input, Textarea } from '@/app/_ui/field'
import { Icon } from '@/app/_ui/icon'
import { keys } from '@/app/_ui/keys'
import { Pick } from '@/app/[workspace]/boards/[board]/_activity/pick'
import { type Finding, MAX_CAUSES, MAX_WHYS } from '@/lib/domain/review'
import { newId } from '@/lib/kit/ids'
import { changeFinding } from '../../actions'
import { thingOptions } from './choice-words'
import type { Draft, Unsent } from './outbox'
import { useChoices } from './use-choices'
import { useReviewAct } from './use-review-act'

interface Because {
  readonly key: number
  readonly text: string
  readonly whys: readonly string[]
}

/** What was seen, what it is about, why - up to five times -, and what shows it. */
export function FindingForm({
  workspace,
  reviewId,
  finding,
  about: given = [],
  draft = null,
  drafted,
  send,
  close,
}: {
  workspace: string
  reviewId: string
  /** To be changed; else a new one is written. */
  finding?: Finding
  about?: readonly string[]
  /** Of a new one: what stood in the form when the page changed, and where to keep it from now on. */
  draft?: Draft | null
  drafted?: (draft: Draft | null) => void
  /** Of a new one: takes it, and brings it to the server. */
  send?: (finding: Unsent) => void
  close?: () => void
}) {
  const t = useWords()
  const act = useReviewAct()
  const choices = useChoices(workspace, reviewId)
  const options = useMemo(() => choices && thingOptions(choices, t), [choices, t])
  const [text, setText] = useState(finding?.text ?? draft?.text ?? '')
  const [about, setAbout] = useState<readonly string[]>(finding?.about ?? draft?.about ?? given)
  const next = useRef(0)
  const because = (text = '', whys: readonly string[] = []): Because => {
    next.current += 1
    return { key: next.current, text, whys }
  }
  const [causes, setCauses] = useState<readonly Because[]>(() =>
    (finding?.causes ?? draft?.causes ?? []).map(({ text, whys }) => because(text, whys)),
  )
  const [evidence, setEvidence] = useState<Draft['evidence']>(finding?.evidence ?? draft?.evidence ?? [])
  const [link, setLink] = useState({ ref: '', note: '' })
  const [lesson, setLesson] = useState(finding?.lesson ?? draft?.lesson ?? '')
  const [missing, setMissing] = useState<'text' | 'link' | null>(null)
  const [busy, setBusy] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  const fresh = finding === undefined && close !== undefined
  useEffect(() => {
    if (fresh) field.current?.focus()
  }, [fresh])

  const keep = useRef(drafted)
  keep.current = drafted
  const kept = useRef<string | null>(null)
  useEffect(() => {
    const now: Draft = {
      text,
      about,
      causes: causes.map(({ text, whys }) => ({ text, whys })),
      evidence,
      lesson,
    }
    const said = JSON.stringify(now)
    // What stood there when it opened is not what somebody wrote.
    const same = kept.current === null || kept.current === said
    kept.current = said
    if (same) return
    const blank = [text, lesson, ...causes.map((one) => one.text)].every((words) => words.trim() === '')
    keep.current?.(blank ? null : now)
  }, [text, about, causes, evidence, lesson])

  const change = (key: number, part: Partial<Because>) =>
    setCauses(causes.map((one) => (one.key === key ? { ...one, ...part } : one)))
  const allEvidence = () => {
    const ref = link.ref.trim()
    if (ref === '') return evidence
    return [...evidence, { kind: 'link' as const, ref: withProtocol(ref), note: link.note }]
  }
  const addLink = () => {
    if (!isAddress(link.ref.trim())) return setMissing('link')
    setEvidence(allEvidence())
    setLink({ ref: '', note: '' })
    setMissing(null)
  }
  const save = async () => {
    if (busy) return
    if (text.trim() === '') {
      setMissing('text')
      field.current?.focus()
      return
    }
    if (link.ref.trim() !== '' && !isAddress(link.ref.trim())) return setMissing('link')
    const fields = {
      text,
      about: [...about],
      causes: causes.map(({ text, whys }) => ({ text, whys: [...whys] })),
      evidence: allEvidence().map((one) => ({ ...one })),
      lesson,
    }
    if (!finding) {
      send?.({ ...fields, id: newId('fnd'), step: causes.length > 0 ? 'why' : 'check', refused: '' })
      close?.()
      return
    }
    setBusy(true)
    const done = await act(() =>
      changeFinding({ workspace, findingId: finding.id, revision: finding.revision, ...fields }),
    )
    setBusy(false)
    if (done) close?.()
  }
  const nameOf = (ref: string) => options?.find(({ id }) => id === ref)?.name ?? '…'
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Mod+Enter sends from every field in it
    <div className="fform" onKeyDown={keys({ 'Mod+Enter': () => void save() })}>
      <Field
        label={t('reviews.ui_finding_text')}
        help={t('reviews.ui_finding_help')}
        error={missing === 'text' ? t('common.field_required') : null}
      >
        <FindingText field={field} value={text} set={setText} />
      </Field>
      <div className="about">
        <span className="label">{t('reviews.ui_about')}</span>
        <span className="chips">
          {about.map((ref) => (
            <button
              key={ref}
              type="button"
              className="chip"
              aria-label={t('reviews.ui_about_drop', { name: nameOf(ref) })}
              onClick={() => setAbout(about.filter((one) => one !== ref))}
            >
              {nameOf(ref)}
              <Icon name="x" />
            </button>
          ))}
          <Pick
            label={t('reviews.ui_about')}
            trigger={
              <>
                <Icon name="plus" /> {t('reviews.ui_about_add')}
              </>
            }
            triggerClassName="btn plain sm"
            options={options}
            chosen={about}
            many
            width={380}
            empty={t('reviews.ui_about_none')}
            onPick={(id) =>
              id !== null && setAbout(about.includes(id) ? about.filter((one) => one !== id) : [...about, id])
            }
          />
        </span>
      </div>
      {causes.map(({ key, text: cause, whys }) => (
        <fieldset key={key} className="because">
          <legend className="vh">{t('reviews.ui_cause')}</legend>
          <Field label={t('reviews.ui_why')}>
            <Input
              value={cause}
              maxLength={400}
              autoComplete="off"
              onChange={(event) => change(key, { text: event.target.value })}
            />
          </Field>
          {/* Each answer asks again: one line more, at most five. */}
          {[...whys, ...(cause.trim() !== '' && whys.length < MAX_WHYS ? [''] : [])].map((why, i) => (
            <Field
              // biome-ignore lint/suspicious/noArrayIndexKey: the depth is what it is
              key={i}
              className="deeper"
              label={t('reviews.ui_why_again', { n: i + 1 })}
            >
              <Input
                value={why}
                maxLength={400}
                autoComplete="off"
                onChange={(event) => {
                  const written = [...whys]
                  written[i] = event.target.value
                  // The last lines that say nothing are not there.
                  while (written.length > 0 && written.at(-1) === '') written.pop()
                  change(key, { whys: written })
                }}
              />
            </Field>
          ))}
          <Button size="sm" look="plain" onClick={() => setCauses(causes.filter((one) => one.key !== key))}>
            {t('reviews.ui_cause_drop')}
          </Button>
        </fieldset>
      ))}
      {evidence.length > 0 && (
        <ul className="evidence">
          {evidence.map((one) => (
            <li key={`${one.ref} ${one.note}`}>
              <span className="grow">{one.note || (one.kind === 'link' ? one.ref : nameOf(one.ref))}</span>
              <Button
                size="sm"
                look="plain"
                icon
                aria-label={t('reviews.ui_evidence_drop', { name: one.note || one.ref })}
                onClick={() => setEvidence(evidence.filter((other) => other !== one))}
              >
                <Icon name="x" />
              </Button>
            </li>
          ))}
        </ul>
      )}
      <details className="more">
        <summary>{t('reviews.ui_evidence_add')}</summary>
        <div className="cols2">
          <Field
            label={t('reviews.ui_evidence_link')}
            error={missing === 'link' ? t('reviews.ui_evidence_wrong') : null}
          >
            <Input
              type="url"
              inputMode="url"
              placeholder="https://"
              autoComplete="off"
              value={link.ref}
              onChange={(event) => setLink({ ...link, ref: event.target.value })}
            />
          </Field>
          <Field label={t('reviews.ui_evidence_note')}>
            <Input
              autoComplete="off"
              value={link.note}
              onChange={(event) => setLink({ ...link, note: event.target.value })}
            />
          </Field>
        </div>
        <span className="row wrap">
          <Button size="sm" onClick={addLink}>
            {t('reviews.ui_evidence_put')}
          </Button>
          <Pick
            label={t('reviews.ui_evidence_thing')}
            trigger={t('reviews.ui_evidence_thing')}
            triggerClassName="btn sm"
            options={options}
            chosen={evidence.map(({ ref }) => ref)}
            width={380}
            onPick={(ref) => {
              if (ref === null || evidence.some((one) => one.ref === ref)) return
              setEvidence([...evidence, { kind: evidenceKind(ref), ref, note: '' }])
            }}
          />
        </span>
      </details>
      <details className="more" open={lesson !== ''}>
        <summary>{t('reviews.ui_lesson_add')}</summary>
        <Field label={t('reviews.ui_lesson')}>
          <Textarea rows={2} value={lesson} onChange={(event) => setLesson(event.target.value)} />
        </Field>
      </details>
      <footer>
        {causes.length < MAX_CAUSES && (
          <Button size="sm" onClick={() => setCauses([...causes, because()])}>
            <Icon name="plus" />
            {t(causes.length === 0 ? 'reviews.ui_why_add' : 'reviews.ui_why_other')}
          </Button>
        )}
        <span className="grow" />
        {close && <Button onClick={close}>{t('common.cancel')}</Button>}
        <Button look="ink" busy={busy} aria-keyshortcuts="Control+Enter" onClick={() => void save()}>
          {t(finding ? 'common.save' : 'reviews.ui_finding_add')}
        </Button>
      </footer>
    </div>
  )
}

function FindingText({
  field,
  value,
  set,
}: {
  field: React.RefObject<HTMLTextAreaElement | null>
  value: string
  set: (text: string) => void
}) {
  return <Textarea ref={field} rows={3} value={value} onChange={(event) => set(event.target.value)} />
}

function evidenceKind(ref: string): 'measure' | 'activity' | 'item' | 'hand_off' {
  if (ref.startsWith('mea_')) return 'measure'
  if (ref.startsWith('act_')) return 'activity'
  return ref.startsWith('hof_') ? 'hand_off' : 'item'
}

const withProtocol = (typed: string) => (/^[a-z]+:/i.test(typed) ? typed : `https://${typed}`)
const isAddress = (typed: string) => typed !== '' && /^https?:\/\/[^\s.]+[^\s]*$/i.test(withProtocol(typed))
