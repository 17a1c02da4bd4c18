'use client'
import type { ReactNode } from 'react'
import { formatList } from '@/app/_i18n/time'
import { useWords } from '@/app/_i18n/words-provider'
import { Avatar, AvatarStack } from '@/app/_ui/avatar'
import { Menu } from '@/app/_ui/menu'
import { MenuItem } from '@/app/_ui/menu-items'
import { type ActivityEdit, halts, overdue, priorities } from '@/lib/domain/activity'
import { nextCycle } from '@/lib/domain/cycle'
import { useBoardStore } from '../_board/use-board'
import { DayField } from './day-field'
import { NumberField } from './number-field'
import { PhaseLetters } from './phase-letters'
import { Pick } from './pick'
import { usePanel } from './use-panel'

/** Who, when, how much: each fact in words, and for whoever may change it a small list or field behind the words. */
export function Facts() {
  const t = useWords()
  const board = useBoardStore()
  const { data, names, mayEdit } = usePanel()
  const { activity, people, labels } = data
  const phase = data.columns.find(({ id }) => id === activity.columnId)?.phase ?? 'plan'
  const edit = (fields: ActivityEdit) => void board.edit(activity.id, fields)

  const persons = people.map(({ id, userId, name, image }) => ({
    id: id as string,
    name,
    mark: <Avatar id={userId} name={name} image={image} size="sm" />,
  }))
  const owner = people.find(({ id }) => id === activity.ownerId)
  const helpers = people.filter(({ id }) => activity.helpers.includes(id))
  const helperNames = formatList(names.language, [
    ...helpers.map(({ name }) => name),
    ...(helpers.length < activity.helpers.length ? [t('activity.former')] : []),
  ])
  const cycles = around(data.cycle, activity.cycle)
  const late = overdue(activity, phase, data.today)
  const nothing = <span className="quiet">{t('activity.none')}</span>

  return (
    <dl className="facts">
      <Fact name={t('activity.owner')}>
        {() => {
          const shown =
            activity.ownerId === null ? (
              <span className="quiet">{t('activity.nobody')}</span>
            ) : (
              <>
                {owner && <Avatar id={owner.userId} name={owner.name} image={owner.image} size="sm" />}
                <span>{names.person(activity.ownerId)}</span>
              </>
            )
          return mayEdit ? (
            <Pick
              label={t('activity.choose_owner')}
              trigger={<Named name={t('activity.owner')}>{shown}</Named>}
              options={persons}
              chosen={activity.ownerId === null ? [] : [activity.ownerId]}
              none={t('activity.nobody')}
              onPick={(ownerId) => edit({ ownerId })}
            />
          ) : (
            shown
          )
        }}
      </Fact>
      <Fact name={t('activity.due')}>
        {() => (
          <DayField
            name={t('activity.due')}
            day={activity.due}
            min={activity.start}
            late={late}
            mayEdit={mayEdit}
            onSet={(due) => edit({ due })}
          />
        )}
      </Fact>
      <Fact name={t('activity.helpers')}>
        {() => {
          const shown =
            activity.helpers.length === 0 ? (
              nothing
            ) : helpers.length === 1 && activity.helpers.length === 1 ? (
              <>
                {helpers.map(({ id, userId, name, image }) => (
                  <Avatar key={id} id={userId} name={name} image={image} size="sm" />
                ))}
                <span>{helperNames}</span>
              </>
            ) : (
              <AvatarStack
                people={helpers.map(({ userId, name, image }) => ({ id: userId, name, image }))}
                max={5}
                size="sm"
                label={helperNames}
              />
            )
          return mayEdit ? (
            <Pick
              label={t('activity.choose_helpers')}
              trigger={<Named name={t('activity.helpers')}>{shown}</Named>}
              options={persons}
              chosen={activity.helpers}
              many
              onPick={(id) => edit({ helpers: toggled(activity.helpers, id) })}
            />
          ) : (
            shown
          )
        }}
      </Fact>
      <Fact name={t('activity.start')}>
        {() => (
          <DayField
            name={t('activity.start')}
            day={activity.start}
            max={activity.due}
            mayEdit={mayEdit}
            onSet={(start) => edit({ start })}
          />
        )}
      </Fact>
      <Fact name={t('activity.phase')}>{() => <PhaseLetters phase={phase} />}</Fact>
      <Fact name={t('activity.state')}>
        {() => {
          const shown =
            activity.halt === null ? (
              <span className="quiet">{t('activity.halt_none')}</span>
            ) : (
              <span className="badge" data-s={activity.halt === 'blocked' ? 'off' : 'none'}>
                {t(`activity.halt_${activity.halt}`)}
              </span>
            )
          return mayEdit ? (
            <Menu
              label={t('activity.state')}
              trigger={<Named name={t('activity.state')}>{shown}</Named>}
              triggerClassName="pick"
              width={220}
            >
              <MenuItem checked={activity.halt === null} onSelect={() => edit({ halt: null })}>
                {t('activity.halt_none')}
              </MenuItem>
              {halts.map((halt) => (
                <MenuItem
                  key={halt}
                  checked={halt === activity.halt}
                  sub={t(`activity.halt_${halt}_help`)}
                  onSelect={() => edit({ halt })}
                >
                  {t(`activity.halt_${halt}`)}
                </MenuItem>
              ))}
            </Menu>
          ) : (
            shown
          )
        }}
      </Fact>
      <Fact name={t('activity.priority')}>
        {() => {
          const shown =
            activity.priority === null ? nothing : <span>{t(`activity.priority_${activity.priority}`)}</span>
          return mayEdit ? (
            <Menu
              label={t('activity.priority')}
              trigger={<Named name={t('activity.priority')}>{shown}</Named>}
              triggerClassName="pick"
              width={180}
            >
              {priorities.map((priority) => (
                <MenuItem
                  key={priority}
                  checked={priority === activity.priority}
                  onSelect={() => edit({ priority })}
                >
                  {t(`activity.priority_${priority}`)}
                </MenuItem>
              ))}
              <MenuItem checked={activity.priority === null} onSelect={() => edit({ priority: null })}>
                {t('activity.none')}
              </MenuItem>
            </Menu>
          ) : (
            shown
          )
        }}
      </Fact>
      <Fact name={t('activity.effort')}>
        {() => (
          <NumberField
            name={t('activity.effort_help')}
            value={activity.effort}
            words={activity.effort === null ? null : t('activity.effort_days', { days: activity.effort })}
            mayEdit={mayEdit}
            onSet={(effort) => edit({ effort })}
          />
        )}
      </Fact>
      <Fact name={t('activity.labels')}>
        {() => {
          const shown =
            activity.labels.length === 0 ? (
              nothing
            ) : (
              <span className="labels">
                {activity.labels.flatMap((id) => {
                  const one = labels.find((known) => known.id === id)
                  return one
                    ? [
                        <span key={id} className="lbl" data-tone={one.tone}>
                          {one.name}
                        </span>,
                      ]
                    : []
                })}
              </span>
            )
          return mayEdit ? (
            <Pick
              label={t('activity.choose_labels')}
              trigger={<Named name={t('activity.labels')}>{shown}</Named>}
              options={labels.map(({ id, name, tone }) => ({
                id,
                name,
                mark: <span className="lbl" data-tone={tone} aria-hidden="true" />,
              }))}
              chosen={activity.labels}
              many
              empty={t('activity.labels_empty')}
              onPick={(id) => edit({ labels: toggled(activity.labels, id) })}
            />
          ) : (
            shown
          )
        }}
      </Fact>
      <Fact name={t('activity.cycle')}>
        {() => {
          const shown = activity.cycle === null ? nothing : <span>{names.cycle(activity.cycle)}</span>
          return mayEdit ? (
            <Menu
              label={t('activity.cycle')}
              trigger={<Named name={t('activity.cycle')}>{shown}</Named>}
              triggerClassName="pick"
              width={200}
            >
              {cycles.map((cycle) => (
                <MenuItem
                  key={cycle}
                  checked={cycle === activity.cycle}
                  {...(cycle === data.cycle && { sub: t('activity.cycle_now') })}
                  onSelect={() => edit({ cycle })}
                >
                  {names.cycle(cycle)}
                </MenuItem>
              ))}
              <MenuItem checked={activity.cycle === null} onSelect={() => edit({ cycle: null })}>
                {t('activity.cycle_none')}
              </MenuItem>
            </Menu>
          ) : (
            shown
          )
        }}
      </Fact>
    </dl>
  )
}

/** A value that is pressed says whose value it is; beside its name the eye knows. */
export function Named({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <span className="vh">{name} </span>
      {children}
    </>
  )
}

function Fact({ name, children }: { name: string; children: () => ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children()}</dd>
    </div>
  )
}

export function toggled(ids: readonly string[], id: string | null): string[] {
  if (id === null) return []
  return ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id]
}

/** The quarters somebody plans for: the last one, this one, four more; and the one that holds, whatever it is. */
function around(now: string, held: string | null): string[] {
  const cycles = [before(now), now]
  for (let next = nextCycle(now); cycles.length < 6; next = nextCycle(next)) cycles.push(next)
  return held === null || cycles.includes(held) ? cycles : [held, ...cycles].sort()
}

function before(cycle: string): string {
  const [year, quarter] = [Number(cycle.slice(0, 4)), Number(cycle.slice(6))]
  return quarter === 1 ? `${year - 1}-Q4` : `${year}-Q${quarter - 1}`
}
