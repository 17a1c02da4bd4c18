'use client'
import { useState } from 'react'
import { localeOf } from '@/app/_i18n/locale'
import { useWords } from '@/app/_i18n/words-provider'
import type { Answer } from '@/app/_server/answer'
import { Button } from '@/app/_ui/button'
import { Field, Input, Select } from '@/app/_ui/field'
import { Segmented } from '@/app/_ui/segmented'
import { Submit, SubmitForm } from '@/app/_ui/submit-form'
import { cadences, directions, MAX_MEASURE_NAME, MAX_UNIT, type Measure } from '@/lib/domain/measure'
import { asked } from '../../quarters/_quarters/asked'
import { createMeasure, editMeasure } from './actions'
import type { FormWorld } from './form-world'
import { readNumber } from './pasted'

type Saved = { readonly measureId: string; readonly undo: string | null }

/** Begins a measure, or changes one. Numbers may be written as either language writes them. */
export function MeasureForm({
  workspace,
  world,
  measure,
  close,
  done,
}: {
  workspace: string
  world: FormWorld
  measure?: Measure
  close: () => void
  done: (measureId: string, undo: string | null) => unknown
}) {
  const t = useWords()
  const [unit, setUnit] = useState(measure?.unit ?? '')
  const text = (value: number | null | undefined) =>
    value === null || value === undefined ? '' : String(value)
  const save = async (input: Record<string, unknown>): Promise<Answer<Saved>> => {
    const numbers = new Map<string, number | null>()
    for (const name of ['baseline', ...world.cycles.map(({ cycle }) => cycle)]) {
      const written = String(input[name] ?? '').trim()
      const value = readNumber(written)
      if (written !== '' && value === null)
        return {
          ok: false,
          code: 'invalid_number',
          message: t('measures.ui_not_a_number'),
          detail: { field: name },
        }
      numbers.set(name, value)
    }
    const fields = {
      name: String(input.name),
      unit: String(input.unit),
      direction: String(input.direction),
      departmentId: String(input.departmentId) || null,
      ownerId: String(input.ownerId) || null,
      cadence: String(input.cadence),
      baseline: numbers.get('baseline') ?? null,
      baselineOn: String(input.baselineOn) || null,
      targets: world.cycles.flatMap(({ cycle }) => {
        const value = numbers.get(cycle)
        return value === null || value === undefined ? [] : [{ cycle, value }]
      }),
      // What it served and what has left the strategy stays until somebody looks at it; here they do.
      serves: Array.isArray(input.serves) ? input.serves.map(String) : [],
    }
    return measure
      ? asked(editMeasure({ workspace, measureId: measure.id, revision: measure.revision, ...fields }))
      : asked(createMeasure({ workspace, ...fields }))
  }
  return (
    <SubmitForm action={save} done={({ measureId, undo }) => done(measureId, undo)} className="mform">
      <Field label={t('measures.ui_name')} name="name" help={t('measures.ui_name_help')}>
        <Input required maxLength={MAX_MEASURE_NAME} defaultValue={measure?.name} autoComplete="off" />
      </Field>
      <div className="cols2">
        <Field label={t('measures.ui_unit')} name="unit" help={t('measures.ui_unit_help')}>
          <Input
            maxLength={MAX_UNIT}
            value={unit}
            onChange={(event) => setUnit(event.target.value)}
            autoComplete="off"
          />
        </Field>
        <Segmented
          showLabel
          label={t('measures.ui_direction')}
          name="direction"
          defaultValue={measure?.direction ?? 'up'}
          options={directions.map((value) => ({ value, label: t(`measures.ui_direction_${value}`) }))}
        />
      </div>
      <div className="cols2">
        <Field label={t('measures.ui_baseline')} name="baseline" help={t('measures.ui_baseline_help')}>
          <Input inputMode="decimal" defaultValue={text(measure?.baseline)} autoComplete="off" />
        </Field>
        <Field label={t('measures.ui_baseline_on')} name="baselineOn">
          <Input type="date" defaultValue={measure?.baselineOn ?? ''} max={world.today} />
        </Field>
      </div>
      <fieldset className="targets">
        <legend className="label">{t('measures.ui_targets')}</legend>
        <div>
          {world.cycles.map(({ cycle, name }) => (
            <Field key={cycle} label={name} name={cycle}>
              <Input
                inputMode="decimal"
                autoComplete="off"
                defaultValue={text(measure?.targets.find((target) => target.cycle === cycle)?.value)}
              />
            </Field>
          ))}
        </div>
        <p className="help">{t('measures.ui_targets_help', { unit: unit || t('measures.ui_no_unit') })}</p>
      </fieldset>
      <div className="cols2">
        <Field label={t('measures.ui_department')} name="departmentId">
          <Select defaultValue={(measure ? measure.departmentId : world.usual) ?? ''}>
            <option value="">{t('measures.ui_company')}</option>
            {world.departments.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t('measures.ui_owner')} name="ownerId">
          <Select defaultValue={measure?.ownerId ?? ''}>
            <option value="">{t('measures.ui_nobody')}</option>
            {world.people.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <Segmented
        showLabel
        label={t('measures.ui_cadence')}
        name="cadence"
        defaultValue={measure?.cadence ?? 'weekly'}
        options={cadences.map((value) => ({ value, label: t(`measures.ui_cadence_${value}`) }))}
      />
      {world.words.length > 0 && (
        <fieldset className="pick">
          <legend className="label">{t('measures.ui_serves')}</legend>
          <p className="help">{t('measures.ui_serves_help')}</p>
          <ul>
            {world.words.map(({ serve, kind, code, words }) => (
              <li key={serve}>
                <label className="check">
                  <input
                    type="checkbox"
                    name="serves"
                    value={serve}
                    defaultChecked={measure?.serves.some((one) => one === serve)}
                  />
                  <span>
                    <span className="w" lang={localeOf(world.language)}>
                      {words}
                    </span>
                    <small>
                      {kind}
                      {code && ` ${code}`}
                    </small>
                  </span>
                </label>
              </li>
            ))}
          </ul>
        </fieldset>
      )}
      <footer>
        <Button onClick={close}>{t('common.cancel')}</Button>
        <Submit>{t(measure ? 'common.save' : 'measures.ui_create')}</Submit>
      </footer>
    </SubmitForm>
  )
}
