'use client'
import { memo, useMemo } from 'react'
import { Avatar } from '@/app/_ui/avatar'
import { Icon } from '@/app/_ui/icon'
import { overdue } from '@/lib/domain/activity'
import type { Card } from '@/lib/domain/card'
import { type Phase, phases } from '@/lib/domain/column'
import { daysFromTo } from '@/lib/domain/day-text'
import { type Trace, traceOf } from '@/lib/domain/trace'
import { useMoved } from '../../../_impact/moved-store'
import { dayWords } from './day-words'
import { EditTitle } from './edit-title'
import { type Facts, useFacts } from './facts'
import { boardTitle } from './names'
import { Spark } from './spark'
import { TraceMark } from './trace-mark'
import { showCard, useBoardPart } from './use-board'
import { useUi, useUiPart } from './use-ui'

const ACTIVE = 1
const CHOSEN = 2
const LIFTED = 4
const EDITING = 8

/** One activity on the board. Draws itself again only when it, or what is done with it here, changes. */
export const CardView = memo(function CardView({
  card,
  phase,
  open,
  first,
  place,
  of,
}: {
  card: Card
  phase: Phase
  /** Its panel is open. */
  open: boolean
  /** Reached by Tab when no card was walked to yet. */
  first: boolean
  /** Which of how many, from 1; null: all of them are in the page. */
  place: number | null
  of: number | null
}) {
  const facts = useFacts()
  const { id } = card
  // One number, one subscription: a hundred cards ask with every step of the arrows.
  const how = useUiPart(
    (ui) =>
      (ui.active === id || (first && ui.active === null) ? ACTIVE : 0) |
      (ui.chosen.has(id) ? CHOSEN : 0) |
      (ui.lift?.id === id ? LIFTED : 0) |
      (ui.editing === id ? EDITING : 0),
  )
  const is = (one: number) => (how & one) > 0
  const waiting = useBoardPart((state) => state.waiting.has(id))
  return (
    <li
      className="act"
      data-card={id}
      data-open={open || undefined}
      data-chosen={is(CHOSEN) || undefined}
      data-lifted={is(LIFTED) || undefined}
      data-waiting={waiting || undefined}
      aria-posinset={place ?? undefined}
      aria-setsize={of ?? undefined}
    >
      <div className="in">
        <Body
          card={card}
          phase={phase}
          facts={facts}
          active={is(ACTIVE)}
          editing={is(EDITING)}
          chosen={is(CHOSEN)}
        />
      </div>
      <Looking id={id} />
      <CardMore id={id} title={card.title} active={is(ACTIVE)} />
    </li>
  )
})

const Body = memo(function Body({
  card,
  phase,
  facts,
  active,
  editing,
  chosen,
}: {
  card: Card
  phase: Phase
  facts: Facts
  active: boolean
  editing: boolean
  chosen: boolean
}) {
  const { t, items, measures } = facts
  const verdict = facts.verdicts[card.id] ?? null
  const trace = useMemo(() => traceOf(card, items, measures, verdict), [card, items, measures, verdict])
  return (
    <>
      <div className="tr">
        <TraceMark trace={trace} t={t} items={items} measures={measures} />
        <PhaseMark phase={phase} facts={facts} />
      </div>
      {editing ? (
        <EditTitle id={card.id} title={card.title} />
      ) : (
        <h3>
          <a
            href={`?card=${card.id}`}
            tabIndex={active ? 0 : -1}
            draggable={false}
            aria-describedby={chosen ? 'board-chosen' : undefined}
          >
            {card.title}
          </a>
        </h3>
      )}
      <Moved id={card.id} />
      <Notes card={card} trace={trace} facts={facts} />
      <Foot card={card} phase={phase} trace={trace} facts={facts} />
    </>
  )
})

function PhaseMark({ phase, facts: { t } }: { phase: Phase; facts: Facts }) {
  const at = phases.indexOf(phase)
  return (
    <span
      className="pdca"
      role="img"
      aria-label={t('boards.phase_is', { phase: t(`boards.phase_${phase}`) })}
    >
      {phases.map((one, i) => (
        <i key={one} className={i === at ? 'on' : i < at ? 'was' : undefined}>
          {t(`boards.letter_${one}`)}
        </i>
      ))}
    </span>
  )
}

/** Words it serves have moved, and nobody has said yet whether it is still right. */
function Moved({ id }: { id: string }) {
  const { t } = useFacts()
  const moved = useMoved(id)
  if (!moved) return null
  return (
    <span className="pet moved">
      {t('boards.moved')}{' '}
      {moved.may && (
        <button type="button" className="connect" tabIndex={-1} onClick={() => showCard(id)}>
          {t('boards.moved_do')}
        </button>
      )}
    </span>
  )
}

/** What keeps the card from being whole, or from moving, each in words. */
function Notes({ card, trace, facts }: { card: Card; trace: Trace; facts: Facts }) {
  const { t, labels, boards, given, asked, blockers, boardOf, may, items } = facts
  const department = (boardId: string | undefined) => {
    const board = boards.get(boardId ?? '')
    return board ? { name: boardTitle(t, board), kind: board.kind ?? 'other' } : { name: '', kind: 'other' }
  }
  const worn = card.labels.flatMap((id) => labels.get(id) ?? [])
  const none = trace.links.every(
    ({ station, state }) =>
      state === 'missing' || station === 'activity' || station === 'measure' || station === 'verdict',
  )
  const unmeasured =
    !none && trace.links.some(({ station, state }) => station === 'measure' && state === 'missing')
  return (
    <>
      {worn.length > 0 && (
        <span className="lbls">
          {worn.map(({ id, name, tone }) => (
            <span key={id} className="lbl" data-tone={tone}>
              {name}
            </span>
          ))}
        </span>
      )}
      {card.halt && (
        <span className="badge" data-s={card.halt === 'blocked' ? 'off' : 'none'}>
          {t(`boards.halt_${card.halt}`)}
        </span>
      )}
      {blockers.get(card.id)?.map((title) => (
        <span key={title} className="pet">
          {t('boards.waits_for', { title })}
        </span>
      ))}
      {asked.get(card.id)?.map((handOff) => {
        const { name, kind } = department(boardOf.get(handOff.fromActivityId))
        return (
          <span key={handOff.id} className="pet">
            {t('boards.asked_of')} <b data-dept={kind}>{name}</b>
            {t('boards.asked_what', { title: handOff.title })}
          </span>
        )
      })}
      {given.get(card.id)?.map((handOff) => {
        const { name, kind } = department(handOff.toBoardId)
        return (
          <span key={handOff.id} className="pet">
            {t('boards.given_to')} <b data-dept={kind}>{name}</b>
            {t('boards.asked_what', { title: handOff.title })}
          </span>
        )
      })}
      {items.size > 0 && trace.loose.length > 0 && (
        <Missing
          say={t('boards.loose')}
          act={may.edit ? t('boards.loose_do') : ''}
          go={() => showCard(card.id, 'serves')}
        />
      )}
      {none && trace.loose.length === 0 && (
        <Missing
          say={t('boards.pet')}
          act={may.edit ? t('boards.pet_do') : ''}
          go={() => showCard(card.id, 'serves')}
        />
      )}
      {unmeasured && (
        <Missing
          say={t('boards.unmeasured')}
          act={may.edit ? t('boards.unmeasured_do') : ''}
          go={() => showCard(card.id, 'measures')}
        />
      )}
    </>
  )
}

function Missing({ say, act, go }: { say: string; act: string; go: () => void }) {
  return (
    <span className="pet">
      {say}
      {act !== '' && (
        <>
          {' '}
          <button type="button" className="connect" tabIndex={-1} onClick={go}>
            {act}
          </button>
        </>
      )}
    </span>
  )
}

function Foot({ card, phase, trace, facts }: { card: Card; phase: Phase; trace: Trace; facts: Facts }) {
  const { t, language, people, measures, comments } = facts
  const owner = card.ownerId === null ? null : people.get(card.ownerId)
  const measured = trace.links.find(({ station }) => station === 'measure')
  const measure = measured?.state === 'joined' ? measures.get(measured.ids[0] ?? '') : undefined
  const said = comments[card.id] ?? 0
  return (
    <div className="ft">
      {owner ? (
        <Avatar id={owner.userId} name={owner.name} image={owner.image} size="sm" label={owner.name} />
      ) : (
        <span
          className="av sm nobody"
          role="img"
          aria-label={t('boards.no_owner')}
          title={t('boards.no_owner')}
        />
      )}
      <Due card={card} phase={phase} facts={facts} />
      {(card.priority === 'urgent' || card.priority === 'high') && (
        <span className="prio" data-p={card.priority}>
          {t(`boards.priority_${card.priority}`)}
        </span>
      )}
      {card.checks.of > 0 && (
        <span className="num" title={t('boards.checks', card.checks)}>
          <Icon name="check" />
          <span aria-hidden="true">
            {card.checks.done}/{card.checks.of}
          </span>
          <span className="vh">{t('boards.checks', card.checks)}</span>
        </span>
      )}
      {said > 0 && (
        <span className="num">
          <Icon name="note" />
          <span aria-hidden="true">{said}</span>
          <span className="vh">{t('boards.comments', { n: said })}</span>
        </span>
      )}
      {measure && <Spark measure={measure} t={t} language={language} />}
    </div>
  )
}

function Due({ card, phase, facts: { t, language, today } }: { card: Card; phase: Phase; facts: Facts }) {
  const { due } = card
  if (due === null) return <span className="quiet">{t('boards.no_date')}</span>
  const days = daysFromTo(today, due)
  if (overdue(card, phase, today))
    return (
      <span className="late" title={dayWords(language, due, today)}>
        {t('boards.late', { n: -days })}
      </span>
    )
  if (phase !== 'act' && (days === 0 || days === 1))
    return <span className="soon">{t(days === 0 ? 'boards.due_today' : 'boards.due_tomorrow')}</span>
  return <span>{dayWords(language, due, today)}</span>
}

/** Who has its panel open. */
function Looking({ id }: { id: string }) {
  const { t, people } = useFacts()
  const looking = useBoardPart((state) => state.looking.get(id))
  if (!looking) return null
  const names = looking.map(({ name }) => name).join(', ')
  return (
    <span
      className="looking"
      role="img"
      aria-label={t('boards.looking', { names })}
      title={t('boards.looking', { names })}
    >
      {looking.slice(0, 3).map(({ userId, name }) => (
        <Avatar
          key={userId}
          id={userId}
          name={name}
          image={[...people.values()].find((one) => one.userId === userId)?.image ?? null}
          size="sm"
          here
        />
      ))}
    </span>
  )
}

/** Opens the card's menu. For the eyes it comes with the pointer or the focus; a finger finds it there always. */
function CardMore({ id, title, active }: { id: string; title: string; active: boolean }) {
  const { t } = useFacts()
  const ui = useUi()
  return (
    <button
      type="button"
      className="more"
      aria-label={t('boards.card_menu', { title })}
      aria-haspopup="menu"
      tabIndex={active ? 0 : -1}
      onClick={(event) => {
        const box = event.currentTarget.getBoundingClientRect()
        ui.set({ active: id, menu: { ids: [id], page: 'main', at: { x: box.left, y: box.bottom } } })
      }}
    >
      <Icon name="dots" />
    </button>
  )
}
