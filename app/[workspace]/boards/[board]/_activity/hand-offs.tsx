'use client'
import { useId, useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { DepartmentMark } from '@/app/_ui/department-mark'
import { Field, Input, Textarea } from '@/app/_ui/field'
import { Icon } from '@/app/_ui/icon'
import { swallowComposingEnter } from '@/app/_ui/keys'
import { Link } from '@/app/_ui/link'
import { cardHref } from '@/app/[workspace]/boards/board-href'
import { type HandOff, MAX_HAND_OFF, MAX_SENTENCE } from '@/lib/domain/hand-off'
import { type Option, Pick } from './pick'
import { writtenIn } from './title'
import { useActivities } from './use-activities'
import { usePanel } from './use-panel'

const marks: Readonly<Record<HandOff['state'], string>> = {
  offered: 'none',
  accepted: 'good',
  delivered: 'good',
  declined: 'off',
  withdrawn: 'none',
}

/** What this activity gives to other departments, and what it gets from them: each with where it stands, in words. */
export function HandOffs() {
  const t = useWords()
  const { data, mayEdit } = usePanel()
  const { activity, handOffs, may, board } = data
  const [offering, setOffering] = useState(false)
  const shown = handOffs.filter(({ state }) => state !== 'withdrawn')
  const gives = shown.filter(({ fromActivityId }) => fromActivityId === activity.id)
  const gets = shown.filter(({ fromActivityId }) => fromActivityId !== activity.id)
  const mayOffer = mayEdit && may.offers.includes(board.boardId)
  return (
    <section className="part" aria-label={t('activity.hand_offs')}>
      <h3>
        {t('activity.hand_offs')}
        {shown.length > 0 && <span className="num">{shown.length}</span>}
      </h3>
      {shown.length === 0 && !mayOffer && <p className="quiet">{t('activity.no_hand_offs')}</p>}
      {shown.length > 0 && (
        <ul className="rows">
          {[...gives, ...gets].map((handOff) => (
            <Row key={handOff.id} handOff={handOff} gives={handOff.fromActivityId === activity.id} />
          ))}
        </ul>
      )}
      {mayOffer &&
        (offering ? (
          <OfferForm close={() => setOffering(false)} />
        ) : (
          <button type="button" className="add-link" onClick={() => setOffering(true)}>
            <Icon name="plus" />
            {t('activity.offer')}
          </button>
        ))}
    </section>
  )
}

function Row({ handOff, gives }: { handOff: HandOff; gives: boolean }) {
  const t = useWords()
  const { data, names, acts } = usePanel()
  const { may, slug, boards } = data
  const [declining, setDeclining] = useState(false)
  const [busy, setBusy] = useState(false)
  const { activities, ask } = useActivities()
  const { id, state, title, due, reason } = handOff
  const giving = data.neighbours.find((one) => one.id === handOff.fromActivityId)
  const needing = data.neighbours.find((one) => one.id === handOff.toActivityId)
  const receiver = boards.find(({ boardId }) => boardId === handOff.toBoardId)
  const giverBoardId = gives ? data.board.boardId : giving?.boardId
  const other = gives ? receiver : boards.find(({ boardId }) => boardId === giverBoardId)
  const neighbour = gives ? needing : giving
  const isGiver = giverBoardId !== undefined && may.offers.some((one) => one === giverBoardId)
  const isReceiver = may.answers.some((one) => one === handOff.toBoardId)
  const late = due !== null && due < data.today && (state === 'offered' || state === 'accepted')

  const step = async (given: Parameters<typeof acts.step>[0], said: string) => {
    setBusy(true)
    await acts.step(given, said)
    setBusy(false)
  }
  const options: Option[] | null =
    activities
      ?.filter((one) => one.boardId === handOff.toBoardId)
      .map(({ id, title }) => ({ id, name: title })) ?? null
  return (
    <li className="row-card">
      <p>
        <b lang={writtenIn(title)}>{title}</b>
        {due !== null && (
          <span className={late ? 'late' : 'quiet'}>
            {' '}
            {late
              ? t('activity.due_late', { day: names.day(due) })
              : t('activity.due_on', { day: names.day(due) })}
          </span>
        )}
      </p>
      <p className="who-line">
        <span>{t(gives ? 'activity.goes_to' : 'activity.comes_from')}</span>
        {other && (
          <>
            <DepartmentMark kind={other.kind} name={other.name} language={names.language} />
            <span>{names.department(other)}</span>
          </>
        )}
        {neighbour && other && (
          <Link href={cardHref(slug, other, neighbour.id)} lang={writtenIn(neighbour.title)}>
            {neighbour.title}
          </Link>
        )}
      </p>
      <p>
        <span className="badge" data-s={marks[state]}>
          {t(`activity.hand_off_${state}`)}
        </span>
      </p>
      {reason !== null && <blockquote lang={writtenIn(reason)}>{reason}</blockquote>}
      {declining ? (
        <Decline
          label={t('activity.decline_why')}
          close={() => setDeclining(false)}
          send={(sentence) =>
            acts.step(
              { handOffId: id, move: 'decline', reason: sentence },
              t('activity.said_declined', { title }),
            )
          }
        />
      ) : (
        <div className="row-acts">
          {isReceiver && state === 'offered' && (
            <>
              <Button
                size="sm"
                look="ink"
                busy={busy}
                onClick={() =>
                  void step({ handOffId: id, move: 'accept' }, t('activity.said_accepted', { title }))
                }
              >
                {t('activity.accept')}
              </Button>
              {handOff.toActivityId === null && (
                <Pick
                  label={t('activity.accept_for')}
                  trigger={t('activity.accept_for')}
                  triggerClassName="btn sm"
                  options={options}
                  chosen={[]}
                  onOpen={ask}
                  onPick={(toActivityId) =>
                    toActivityId !== null &&
                    void step(
                      { handOffId: id, move: 'accept', toActivityId },
                      t('activity.said_accepted', { title }),
                    )
                  }
                />
              )}
            </>
          )}
          {isReceiver && (state === 'offered' || state === 'accepted' || state === 'delivered') && (
            <Button size="sm" onClick={() => setDeclining(true)}>
              {t(state === 'delivered' ? 'activity.send_back' : 'activity.decline')}
            </Button>
          )}
          {isGiver && (state === 'accepted' || state === 'offered') && (
            <Button
              size="sm"
              look={state === 'accepted' ? 'ink' : 'outline'}
              busy={busy}
              onClick={() =>
                void step({ handOffId: id, move: 'deliver' }, t('activity.said_delivered', { title }))
              }
            >
              {t('activity.deliver')}
            </Button>
          )}
          {isGiver && state === 'declined' && (
            <Button
              size="sm"
              busy={busy}
              onClick={() => void step({ handOffId: id, move: 'offer' }, t('activity.said_offered'))}
            >
              {t('activity.offer_again')}
            </Button>
          )}
          {isGiver && state !== 'delivered' && (
            <Button
              size="sm"
              look="plain"
              busy={busy}
              onClick={() =>
                void step({ handOffId: id, move: 'withdraw' }, t('activity.said_withdrawn', { title }))
              }
            >
              {t('activity.withdraw')}
            </Button>
          )}
        </div>
      )}
    </li>
  )
}

/** The sentence a hand-off is declined with. */
function Decline({
  label,
  send,
  close,
}: {
  label: string
  send: (sentence: string) => Promise<boolean>
  close: () => void
}) {
  const t = useWords()
  const [sentence, setSentence] = useState('')
  const [busy, setBusy] = useState(false)
  return (
    <form
      className="inline-form"
      onKeyDown={(event) => {
        swallowComposingEnter(event)
        if (event.key === 'Escape' && !event.defaultPrevented) {
          event.stopPropagation()
          close()
        }
      }}
      onSubmit={async (event) => {
        event.preventDefault()
        setBusy(true)
        if (await send(sentence)) close()
        else setBusy(false)
      }}
    >
      <Field label={label}>
        <Textarea
          rows={2}
          autoFocus
          value={sentence}
          maxLength={MAX_SENTENCE}
          onChange={(event) => setSentence(event.target.value)}
        />
      </Field>
      <div className="row-acts">
        <Button size="sm" look="ink" type="submit" busy={busy} disabled={sentence.trim() === ''}>
          {t('activity.decline')}
        </Button>
        <Button size="sm" look="plain" onClick={close}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  )
}

function OfferForm({ close }: { close: () => void }) {
  const t = useWords()
  const { data, names, acts } = usePanel()
  const { activities, ask } = useActivities()
  const [title, setTitle] = useState('')
  const [due, setDue] = useState('')
  const [to, setTo] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const toLabel = useId()
  const others = data.boards
  const markOf = ({ kind, name }: (typeof others)[number]) => (
    <DepartmentMark kind={kind} name={name} language={names.language} />
  )
  const options: Option[] = others.flatMap((board) => {
    const group = names.department(board)
    const mark = markOf(board)
    return [
      ...(board.boardId === data.board.boardId
        ? []
        : [{ id: board.boardId as string, name: t('activity.to_department', { name: group }), group, mark }]),
      ...(activities ?? [])
        .filter((one) => one.boardId === board.boardId && one.id !== data.activity.id)
        .map((one) => ({ id: one.id as string, name: one.title, group, words: group })),
    ]
  })
  const target = activities?.find(({ id }) => id === to)
  const board = others.find(({ boardId }) => boardId === (target?.boardId ?? to))
  const send = async () => {
    if (busy || title.trim() === '' || !board) return
    setBusy(true)
    const done = await acts.offer({
      toBoardId: board.boardId,
      toActivityId: target?.id ?? null,
      title,
      due: due === '' ? null : due,
    })
    setBusy(false)
    if (done) close()
  }
  return (
    <form
      className="inline-form"
      onKeyDown={(event) => {
        swallowComposingEnter(event)
        if (event.key === 'Escape' && !event.defaultPrevented) {
          event.stopPropagation()
          close()
        }
      }}
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <Field label={t('activity.offer_what')}>
        <Input
          autoFocus
          value={title}
          maxLength={MAX_HAND_OFF}
          onChange={(event) => setTitle(event.target.value)}
        />
      </Field>
      <div className="two">
        <div className="field">
          <span className="label" id={toLabel}>
            {t('activity.offer_to')}
          </span>
          <Pick
            label={t('activity.offer_find')}
            describedBy={toLabel}
            triggerClassName="btn choose"
            trigger={board ? (target?.title ?? names.department(board)) : t('activity.offer_choose')}
            options={options}
            chosen={to === null ? [] : [to]}
            width={340}
            onOpen={ask}
            onPick={setTo}
          />
        </div>
        <Field label={t('activity.due')}>
          <Input type="date" value={due} onChange={(event) => setDue(event.target.value)} />
        </Field>
      </div>
      <div className="row-acts">
        <Button size="sm" look="ink" type="submit" busy={busy} disabled={title.trim() === '' || !board}>
          {t('activity.offer_send')}
        </Button>
        <Button size="sm" look="plain" onClick={close}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  )
}
