'use client'
import { useDeferredValue, useMemo, useState } from 'react'
import { useLanguage, useWords } from '@/app/_i18n/words-provider'
import { Badge } from '@/app/_ui/badge'
import { Button } from '@/app/_ui/button'
import { Field, Textarea } from '@/app/_ui/field'
import { useSubmit } from '@/app/_ui/use-submit'
import { recordReadings } from './actions'
import type { Recorded } from './add-reading'
import { figure } from './figure'
import { type PastedLine, readPasted } from './pasted'

/** More are counted, not listed: nobody reads a thousand lines in a dialog. */
const LISTED = 200

/** Many readings at once: what would come is shown line by line before anything is written. */
export function PasteReadings({
  workspace,
  measureId,
  today,
  known,
  unit,
  close,
  done,
}: {
  workspace: string
  measureId: string
  today: string
  known: readonly string[]
  unit: string
  close: () => void
  done: (recorded: Recorded) => unknown
}) {
  const t = useWords()
  const language = useLanguage()
  const [text, setText] = useState('')
  const shown = useDeferredValue(text)
  const lines = useMemo(() => readPasted(shown, today), [shown, today])
  const had = useMemo(() => new Set(known), [known])
  const good = lines.filter((line) => line.state === 'reading' && !line.again)
  const wrong = lines.filter((line) => line.state === 'wrong')
  const { run, busy, refusal } = useSubmit(recordReadings, done)
  const listed = [...wrong, ...lines.filter((line) => line.state !== 'wrong')]
    .slice(0, LISTED)
    .sort((a, b) => a.line - b.line)
  return (
    <div className="paste">
      <Field label={t('measures.ui_paste_label')} name="text" help={t('measures.ui_paste_help')}>
        <Textarea
          rows={6}
          value={text}
          spellCheck={false}
          placeholder={t('measures.ui_paste_example')}
          onChange={(event) => setText(event.target.value)}
        />
      </Field>
      {lines.length > 0 && (
        <>
          <p role="status" className="said">
            {t('measures.ui_paste_sum', { n: good.length, wrong: wrong.length })}
          </p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard must reach that */}
          <section className="dry" tabIndex={0} aria-label={t('measures.ui_paste_preview')}>
            <table className="table">
              <thead>
                <tr>
                  <th scope="col">{t('measures.ui_paste_line')}</th>
                  <th scope="col">{t('measures.ui_day')}</th>
                  <th scope="col">{t('measures.ui_value')}</th>
                  <th scope="col">{t('measures.ui_paste_what')}</th>
                </tr>
              </thead>
              <tbody>
                {listed.map((line) => (
                  <Line
                    key={line.line}
                    line={line}
                    had={had}
                    write={(value) => figure(language, value, unit)}
                  />
                ))}
              </tbody>
            </table>
          </section>
          {lines.length > listed.length && (
            <p className="quiet">{t('measures.ui_paste_more', { n: lines.length - listed.length })}</p>
          )}
        </>
      )}
      {refusal && (
        <p className="error" role="alert">
          {refusal.message}
        </p>
      )}
      <footer>
        <Button onClick={close}>{t('common.cancel')}</Button>
        <Button
          look="ink"
          busy={busy}
          disabled={good.length === 0 || shown !== text}
          onClick={() =>
            run({
              workspace,
              measureId,
              readings: good.flatMap((line) =>
                line.state === 'reading' ? [{ on: line.on, value: line.value, note: line.note }] : [],
              ),
            })
          }
        >
          {t('measures.ui_paste_record', { n: good.length, wrong: wrong.length })}
        </Button>
      </footer>
    </div>
  )
}

function Line({
  line,
  had,
  write,
}: {
  line: PastedLine
  had: ReadonlySet<string>
  write: (value: number) => string
}) {
  const t = useWords()
  switch (line.state) {
    case 'head':
      return (
        <tr className="quiet">
          <td>{line.line}</td>
          <td colSpan={3}>{t('measures.ui_paste_head')}</td>
        </tr>
      )
    case 'wrong':
      return (
        <tr>
          <td>{line.line}</td>
          <td colSpan={2} className="raw">
            {line.text}
          </td>
          <td>
            <Badge state="off">{t(`measures.ui_wrong_${line.why}`)}</Badge>
          </td>
        </tr>
      )
    case 'reading':
      return (
        <tr className={line.again ? 'quiet' : undefined}>
          <td>{line.line}</td>
          <td className="num">{line.on}</td>
          <td className="num">{write(line.value)}</td>
          <td>
            {line.again ? (
              <Badge state="risk">{t('measures.ui_paste_again')}</Badge>
            ) : had.has(line.on) ? (
              <Badge state="risk">{t('measures.ui_paste_corrects')}</Badge>
            ) : (
              <Badge state="good">{t('measures.ui_paste_new')}</Badge>
            )}
            {line.note !== '' && <span className="quiet"> {line.note}</span>}
          </td>
        </tr>
      )
  }
}
