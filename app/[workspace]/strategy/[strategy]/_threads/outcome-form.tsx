'use client'
import { useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { keys } from '@/app/_ui/keys'
import { type OutcomeKind, outcomes } from '@/lib/domain/thread'
import { useStore } from '../_editor/use-store'
import { useHouse } from './house'
import type { NewOutcome } from './use-acts'

/** An argument about the positioning does not simply end: the strategy remembers what became of it. */
export function OutcomeForm({
  onEnd,
  onCancel,
}: {
  onEnd: (outcome: NewOutcome) => Promise<boolean>
  onCancel: () => void
}) {
  const t = useWords()
  const [kind, setKind] = useState<OutcomeKind | null>(null)
  const [reason, setReason] = useState('')
  const [until, setUntil] = useState('')
  const [measureId, setMeasureId] = useState('')
  const { store } = useHouse()
  const { measures } = useStore(store.state, store.state.get())
  const [busy, setBusy] = useState(false)
  const ready =
    kind !== null &&
    (kind === 'adopted' || reason.trim() !== '') &&
    (kind !== 'watch' || /^\d{4}-\d{2}-\d{2}$/.test(until))
  const end = async () => {
    if (!ready || busy) return
    setBusy(true)
    const watched = kind === 'watch' && measureId !== '' ? measureId : null
    if (!(await onEnd({ kind, reason, until, measureId: watched }))) setBusy(false)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Esc for all fields inside
    <div className="outcome" onKeyDown={keys({ Escape: onCancel, 'Mod+Enter': () => void end() })}>
      <fieldset>
        <legend>{t('threads.outcome_ask')}</legend>
        {outcomes.map((one, i) => (
          <label key={one} className="check">
            <input
              type="radio"
              name="outcome"
              // biome-ignore lint/a11y/noAutofocus: the form opens where one pressed the button
              autoFocus={i === 0}
              checked={kind === one}
              onChange={() => setKind(one)}
            />
            <span>{t(`threads.outcome_${one}`)}</span>
          </label>
        ))}
      </fieldset>
      {kind && (
        <label className="outcome-field">
          <span className="label">{t(`threads.reason_${kind}`)}</span>
          <textarea
            className="input"
            rows={2}
            value={reason}
            maxLength={600}
            onChange={(event) => setReason(event.target.value)}
          />
        </label>
      )}
      {kind === 'watch' && (
        <label className="outcome-field">
          <span className="label">{t('threads.until')}</span>
          <input
            className="input"
            type="date"
            value={until}
            onChange={(event) => setUntil(event.target.value)}
          />
        </label>
      )}
      {kind === 'watch' && measures.length > 0 && (
        <label className="outcome-field">
          <span className="label">{t('threads.watched_on')}</span>
          <select className="input" value={measureId} onChange={(event) => setMeasureId(event.target.value)}>
            <option value="">{t('threads.watched_none')}</option>
            {measures.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      <div className="composer-acts">
        <Button size="sm" look="plain" onClick={onCancel}>
          {t('common.cancel')}
        </Button>
        <Button size="sm" look="ink" busy={busy} disabled={!ready} onClick={() => void end()}>
          {t('threads.resolve')}
        </Button>
      </div>
    </div>
  )
}
