'use client'
import { useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { Dialog } from '@/app/_ui/dialog'
import { Field, Input } from '@/app/_ui/field'
import { swallowComposingEnter } from '@/app/_ui/keys'
import { Segmented } from '@/app/_ui/segmented'
import { type Direction, MAX_MEASURE_NAME, MAX_UNIT } from '@/lib/domain/measure'
import { usePanel } from './use-panel'

/** A new measure of this department, connected at once: what is counted, from where, and how far this quarter. */
export function MeasureDialog({ name: first, close }: { name: string; close: () => void }) {
  const t = useWords()
  const { data, acts, names } = usePanel()
  const [name, setName] = useState(first)
  const [unit, setUnit] = useState('')
  const [direction, setDirection] = useState<Direction>('up')
  const [baseline, setBaseline] = useState('')
  const [target, setTarget] = useState('')
  const [busy, setBusy] = useState(false)

  const save = async () => {
    if (busy || name.trim() === '') return
    setBusy(true)
    const goal = number(target)
    const done = await acts.createMeasure({
      departmentId: data.board.departmentId,
      name,
      unit,
      direction,
      baseline: number(baseline),
      target: goal === null ? null : { cycle: data.cycle, value: goal },
      measures: [...data.activity.measures],
    })
    setBusy(false)
    if (done) close()
  }
  return (
    <Dialog open title={t('activity.new_measure')} onClose={close} sheet>
      <form
        className="measure-form"
        onKeyDown={swallowComposingEnter}
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <Field label={t('activity.measure_name')} help={t('activity.measure_name_help')}>
          <Input
            value={name}
            maxLength={MAX_MEASURE_NAME}
            required
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
        <div className="two">
          <Field label={t('activity.measure_unit')}>
            <Input value={unit} maxLength={MAX_UNIT} onChange={(event) => setUnit(event.target.value)} />
          </Field>
          <Segmented
            label={t('activity.measure_direction')}
            showLabel
            value={direction}
            onChange={setDirection}
            options={[
              { value: 'up', label: t('activity.measure_up') },
              { value: 'down', label: t('activity.measure_down') },
            ]}
          />
        </div>
        <div className="two">
          <Field label={t('activity.measure_baseline')}>
            <Input
              inputMode="decimal"
              value={baseline}
              onChange={(event) => setBaseline(event.target.value)}
            />
          </Field>
          <Field label={t('activity.measure_target', { cycle: names.cycle(data.cycle) })}>
            <Input inputMode="decimal" value={target} onChange={(event) => setTarget(event.target.value)} />
          </Field>
        </div>
        <footer>
          <Button onClick={close}>{t('common.cancel')}</Button>
          <Button look="ink" type="submit" busy={busy} disabled={name.trim() === ''}>
            {t('activity.measure_create')}
          </Button>
        </footer>
      </form>
    </Dialog>
  )
}

function number(text: string): number | null {
  const value = Number(text.trim().replace(',', '.'))
  return text.trim() === '' || !Number.isFinite(value) ? null : value
}
