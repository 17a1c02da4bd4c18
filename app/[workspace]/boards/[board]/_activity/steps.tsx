'use client'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Avatar } from '@/app/_ui/avatar'
import { Button } from '@/app/_ui/button'
import { Icon } from '@/app/_ui/icon'
import { keyName } from '@/app/_ui/keys'
import { type ChecklistItem, checked, MAX_CHECK_TITLE } from '@/lib/domain/checklist'
import { newId } from '@/lib/kit/ids'
import { DayField } from './day-field'
import { fieldKeys } from './field-keys'
import { Pick } from './pick'
import { writtenIn } from './title'
import { usePanel } from './use-panel'

/** The checklist: ticked, written over, given to somebody with a day, put in order by keys or by two small buttons. */
export function Steps() {
  const t = useWords()
  const { data, acts, mayEdit } = usePanel()
  const { checklist } = data.activity
  const [spoken, setSpoken] = useState('')
  const list = useRef<HTMLUListElement>(null)
  const { done, of } = checked(checklist)

  const move = (item: ChecklistItem, by: -1 | 1) => {
    const from = checklist.findIndex(({ id }) => id === item.id)
    const to = from + by
    if (from < 0 || to < 0 || to >= checklist.length) return
    const others = checklist.filter(({ id }) => id !== item.id)
    void acts.check(
      { do: 'move', id: item.id, after: others[to - 1]?.id ?? null },
      t('activity.said_step_moved', { title: item.title }),
    )
    setSpoken(t('activity.step_moved', { title: item.title, place: to + 1, of: checklist.length }))
  }
  const remove = (item: ChecklistItem) => {
    const at = checklist.findIndex(({ id }) => id === item.id)
    void acts.check({ do: 'remove', id: item.id }, t('activity.said_step_removed', { title: item.title }))
    // The focus must not fall out of the list with its row.
    const rows = list.current?.querySelectorAll<HTMLElement>('li input[type="checkbox"]')
    ;(rows?.[at + 1] ?? rows?.[at - 1] ?? list.current)?.focus()
  }

  return (
    <section className="part">
      <h3>
        {t('activity.steps')}
        {of > 0 && <span className="num">{t('activity.steps_done', { done, of })}</span>}
      </h3>
      {of > 0 && (
        <ul className="todo" ref={list} tabIndex={-1} aria-label={t('activity.steps')}>
          {checklist.map((item, i) => (
            <Step
              key={item.id}
              item={item}
              first={i === 0}
              last={i === checklist.length - 1}
              move={(by) => move(item, by)}
              remove={() => remove(item)}
            />
          ))}
        </ul>
      )}
      {of === 0 && !mayEdit && <p className="quiet">{t('activity.no_steps')}</p>}
      {mayEdit && <AddStep />}
      <span className="vh" role="status">
        {spoken}
      </span>
    </section>
  )
}

function Step({
  item,
  first,
  last,
  move,
  remove,
}: {
  item: ChecklistItem
  first: boolean
  last: boolean
  move: (by: -1 | 1) => void
  remove: () => void
}) {
  const t = useWords()
  const { data, names, acts, mayEdit } = usePanel()
  const [draft, setDraft] = useState<string | null>(null)
  const owner = data.people.find(({ id }) => id === item.ownerId)
  const late = !item.done && item.due !== null && item.due < data.today

  const save = () => {
    const wanted = draft?.trim() ?? ''
    setDraft(null)
    if (wanted !== '' && wanted !== item.title)
      void acts.check({ do: 'set', id: item.id, title: wanted }, t('activity.said_step_changed'))
  }
  const press = (event: KeyboardEvent) => {
    const name = keyName(event)
    if (name === 'Alt+ArrowUp' || name === 'Alt+ArrowDown') move(name === 'Alt+ArrowUp' ? -1 : 1)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <li onKeyDown={mayEdit ? press : undefined} lang={writtenIn(item.title)}>
      <input
        type="checkbox"
        checked={item.done}
        disabled={!mayEdit}
        aria-label={item.title}
        onChange={(event) => {
          const done = event.target.checked
          const said = t(done ? 'activity.said_step_done' : 'activity.said_step_open', { title: item.title })
          void acts.check({ do: 'set', id: item.id, done }, said)
        }}
      />
      {draft !== null ? (
        <StepField draft={draft} change={setDraft} save={save} leave={() => setDraft(null)} />
      ) : mayEdit ? (
        <button
          type="button"
          className={`step${item.done ? ' done' : ''}`}
          title={t('activity.step_edit')}
          onClick={() => setDraft(item.title)}
        >
          {item.title}
        </button>
      ) : (
        <span className={`step${item.done ? ' done' : ''}`}>{item.title}</span>
      )}
      <span className="due">
        {mayEdit ? (
          <>
            <Pick
              label={t('activity.step_owner', { title: item.title })}
              triggerClassName={item.ownerId === null ? 'pick faint' : 'pick'}
              align="end"
              trigger={
                owner ? (
                  <Avatar
                    id={owner.userId}
                    name={owner.name}
                    image={owner.image}
                    size="sm"
                    label={owner.name}
                  />
                ) : (
                  <span>{item.ownerId === null ? t('activity.who') : t('activity.former')}</span>
                )
              }
              options={data.people.map(({ id, userId, name, image }) => ({
                id,
                name,
                mark: <Avatar id={userId} name={name} image={image} size="sm" />,
              }))}
              chosen={item.ownerId === null ? [] : [item.ownerId]}
              none={t('activity.nobody')}
              onPick={(id) => {
                const chosen = data.people.find((person) => person.id === id)?.id ?? null
                void acts.check({ do: 'set', id: item.id, ownerId: chosen }, t('activity.said_step_changed'))
              }}
            />
            <span className={item.due === null ? 'faint' : undefined}>
              <DayField
                name={t('activity.step_due')}
                day={item.due}
                late={late}
                mayEdit
                quiet
                onSet={(due) =>
                  void acts.check({ do: 'set', id: item.id, due }, t('activity.said_step_changed'))
                }
              />
            </span>
          </>
        ) : (
          <>
            {item.ownerId !== null && (
              <Avatar
                id={owner?.userId ?? item.ownerId}
                name={names.person(item.ownerId)}
                size="sm"
                label={names.person(item.ownerId)}
              />
            )}
            {item.due !== null && (
              <time dateTime={item.due} className={late ? 'late' : undefined}>
                {names.day(item.due)}
              </time>
            )}
          </>
        )}
      </span>
      {mayEdit && (
        <span className="tools">
          <Button
            size="sm"
            look="plain"
            icon
            aria-disabled={first}
            aria-label={t('activity.step_up', { title: item.title })}
            title={t('activity.step_up_short')}
            onClick={() => move(-1)}
          >
            <Icon name="down" className="flip" />
          </Button>
          <Button
            size="sm"
            look="plain"
            icon
            aria-disabled={last}
            aria-label={t('activity.step_down', { title: item.title })}
            title={t('activity.step_down_short')}
            onClick={() => move(1)}
          >
            <Icon name="down" />
          </Button>
          <Button
            size="sm"
            look="plain"
            icon
            aria-label={t('activity.step_remove', { title: item.title })}
            title={t('activity.step_remove_short')}
            onClick={remove}
          >
            <Icon name="x" />
          </Button>
        </span>
      )}
    </li>
  )
}

function StepField({
  draft,
  change,
  save,
  leave,
}: {
  draft: string
  change: (text: string) => void
  save: () => void
  leave: () => void
}) {
  const t = useWords()
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [])
  return (
    <input
      ref={field}
      className="input step-field"
      value={draft}
      maxLength={MAX_CHECK_TITLE}
      aria-label={t('activity.step_edit')}
      onChange={(event) => change(event.target.value)}
      onBlur={save}
      onKeyDown={fieldKeys({
        enter: () => {
          save()
        },
        escape: () => {
          leave()
        },
      })}
    />
  )
}

/** Enter adds and stays for the next one. */
function AddStep() {
  const t = useWords()
  const { acts } = usePanel()
  const [title, setTitle] = useState('')
  const add = async () => {
    const wanted = title.trim()
    if (wanted === '') return
    setTitle('')
    // What was refused stands in the field again - unless the next one has been begun.
    const said = t('activity.said_step_added', { title: wanted })
    if (!(await acts.check({ do: 'add', id: newId('chk'), title: wanted }, said)))
      setTitle((now) => (now === '' ? wanted : now))
  }
  return (
    <div className="add-step">
      <Icon name="plus" />
      <input
        className="input"
        value={title}
        maxLength={MAX_CHECK_TITLE}
        aria-label={t('activity.add_step')}
        placeholder={t('activity.add_step')}
        onChange={(event) => setTitle(event.target.value)}
        onKeyDown={fieldKeys({
          enter: () => {
            void add()
          },
          escape: () => {
            if (title === '') return false
            setTitle('')
            return true
          },
        })}
      />
    </div>
  )
}
