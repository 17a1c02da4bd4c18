'use client'
import { useRouter } from 'next/navigation'
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { AvatarStack } from '@/app/_ui/avatar'
import { Banner } from '@/app/_ui/banner'
import { Button, LinkButton } from '@/app/_ui/button'
import { Glyph } from '@/app/_ui/glyph'
import { type Key, shortcuts, takesText } from '@/app/_ui/keys'
import { Link } from '@/app/_ui/link'
import { type PageKey, usePageKeys } from '@/app/_ui/page-keys'
import { readSoon } from '@/app/_ui/read-again'
import { useStore } from '@/app/[workspace]/strategy/[strategy]/_editor/use-store'
import type { Meeting as MeetingNow } from '@/lib/domain/review'
import { steerReview } from '../../actions'
import { Agenda } from './agenda'
import { CloseButton } from './close-button'
import { Dock } from './dock'
import { type FindingHere, Findings } from './findings'
import { Notes, type NotesState, nowhere, useNotesSession } from './notes'
import type { Someone } from './people'
import { type PointHere, type Room, RoomHere } from './room'
import { Stages } from './stages'
import { Timer } from './timer'
import { setTold, useReviewAct } from './use-review-act'

/** Several changes in one breath are read at once, milliseconds. */
const GATHER = 80
/** How long a point stays on the leader's stage before the server has said so, milliseconds. */
const PATIENCE = 5_000

/**
 * The meeting. Whoever leads it leads everybody who follows; anybody may look around and come back. All points are in the
 * page, so that looking around needs no server.
 */
export function Meeting({
  workspace,
  slug,
  review,
  me,
  people,
  participants,
  prepared,
  meeting,
  now,
  points,
  panels,
  findings,
  decisions,
  deciding,
  aside,
  gap,
  foot,
  notes,
  may,
  first,
  closing,
}: {
  workspace: string
  slug: string
  review: {
    readonly id: string
    readonly title: string
    readonly sub: string
    readonly leadId: string | null
    readonly limited: boolean
  }
  me: { readonly memberId: string; readonly userId: string }
  people: readonly Someone[]
  participants: readonly string[]
  prepared: readonly string[]
  meeting: MeetingNow
  /** The server's now, milliseconds. */
  now: number
  points: readonly PointHere[]
  panels: Readonly<Record<string, ReactNode>>
  findings: readonly FindingHere[]
  decisions: ReactNode
  /** The buttons that write down a decision. */
  deciding: ReactNode
  aside: ReactNode
  /** A gap that has parted, unless it is the point on the stage. */
  gap: { readonly itemId: string; readonly view: ReactNode } | null
  /** What else whoever runs it may do. */
  foot: ReactNode
  notes: { readonly html: string; readonly empty: boolean }
  may: { readonly run: boolean; readonly write: boolean; readonly close: boolean; readonly notes: boolean }
  /** The point asked for by the address. */
  first: string | null
  closing: Omit<Parameters<typeof CloseButton>[0], 'workspace' | 'reviewId'>
}) {
  const t = useWords()
  const router = useRouter()
  const act = useReviewAct()
  const [own, setOwn] = useState<string | null>(first)
  // What the leader opened a moment ago, until the server says the same.
  const [guess, setGuess] = useState<string | null>(null)
  const leads = may.run && meeting.presenterId === me.memberId
  const opening = points[0]
  const find = (key: string | null) => points.find((point) => point.key === key)
  const led =
    find(guess) ?? find(meeting.point) ?? points.find(({ step }) => step === meeting.step) ?? opening
  const at = (leads ? undefined : find(own)) ?? led
  useEffect(() => {
    if (guess === null) return
    if (guess === meeting.point) {
      setGuess(null)
      return
    }
    // Somebody else has led elsewhere meanwhile, or nobody heard us.
    const timer = setTimeout(() => setGuess(null), PATIENCE)
    return () => clearTimeout(timer)
  }, [guess, meeting.point])
  const following = leads || own === null || !find(own)

  // The line of the room: notes, people, and word of every change.
  const element = useRef<HTMLDivElement>(null)
  const refresh = useRef(() => {})
  refresh.current = () => readSoon(router, GATHER)
  const session = useNotesSession({
    reviewId: review.id,
    userId: me.userId,
    mayEdit: may.notes,
    element,
    heard: () => refresh.current(),
  })
  const line: NotesState = useStore(session?.state ?? null, nowhere)
  const online = line.online
  useEffect(() => {
    setTold(online)
    return () => setTold(false)
  }, [online])
  const offline = line.saving.kind === 'offline' || line.saving.kind === 'not_saved'
  const were = useRef(false)
  useEffect(() => {
    // Back after a while: whatever was said meanwhile is read now.
    if (were.current && online) refresh.current()
    were.current = offline
  }, [offline, online])

  const steer = useCallback(
    (input: {
      point?: string
      step?: string
      presenterId?: string | null
      minutes?: number
      more?: number
    }) => act(() => steerReview({ workspace, reviewId: review.id, ...input })),
    [act, workspace, review.id],
  )
  const go = (key: string) => {
    const point = find(key)
    if (!point) return
    if (leads) {
      if (point.key === led?.key) return
      setGuess(key)
      void steer({ point: key, step: point.step, minutes: point.minutes }).then((done) => {
        if (done === null) setGuess(null)
      })
    } else setOwn(key)
    address(leads ? null : key)
    top()
  }
  const follow = () => {
    setOwn(null)
    address(null)
    top()
  }
  const room: Room | null =
    !at || !led
      ? null
      : {
          workspace,
          reviewId: review.id,
          userId: me.userId,
          points,
          meeting,
          led,
          at,
          following,
          leads,
          mayLead: may.run,
          offline,
          go,
          follow,
          lead: () => {
            setOwn(null)
            void steer({ presenterId: me.memberId })
          },
          more: () => void steer({ more: 5 }),
        }

  const keys = useRef<Room | null>(null)
  keys.current = room
  useEffect(() => {
    const step = (by: number) => (event: Key) => {
      const now = keys.current
      // In a text the arrows move the caret.
      if (!now || takesText(event.target)) return false
      const next = now.points[now.points.indexOf(now.at) + by]
      if (next) now.go(next.key)
    }
    const handle = shortcuts<KeyboardEvent>({
      ArrowRight: step(1),
      ArrowLeft: step(-1),
      f: () => keys.current?.follow(),
    })
    document.addEventListener('keydown', handle)
    return () => document.removeEventListener('keydown', handle)
  }, [])
  usePageKeys(
    useMemo<readonly PageKey[]>(
      () => [
        { keys: ['→'], words: t('reviews.ui_key_next') },
        { keys: ['←'], words: t('reviews.ui_key_back') },
        { keys: ['F'], words: t('reviews.ui_key_follow') },
      ],
      [t],
    ),
  )

  if (!room) return null
  const here = new Set([me.memberId, ...line.here])
  const inRoom = people.filter(({ id }) => here.has(id))
  const presenter = people.find(({ id }) => id === meeting.presenterId)
  const point = room.at
  return (
    <RoomHere.Provider value={room}>
      <header className="meet">
        <Link className="ws" href={`/${slug}/reviews`}>
          <Glyph />
          <span>
            {review.title} <small>{review.sub}</small>
          </span>
        </Link>
        <Stages />
        <Timer meeting={meeting} now={now} />
        <AvatarStack
          people={inRoom.map((one) => ({ id: one.userId, name: one.name, image: one.image, here: true }))}
          label={t('reviews.ui_here', { n: inRoom.length, names: inRoom.map(({ name }) => name).join(', ') })}
        />
        <span className="row">
          {may.close && room.at !== points.at(-1) && (
            <CloseButton workspace={workspace} reviewId={review.id} {...closing} />
          )}
          <LinkButton href={`/${slug}/reviews`}>{t('reviews.ui_leave')}</LinkButton>
        </span>
      </header>
      <div className="room rv">
        <Agenda
          people={people}
          participants={participants}
          prepared={prepared}
          here={here}
          leadId={review.leadId}
          foot={foot}
        />
        <main className="stage" id="main" tabIndex={-1} data-hears="">
          {offline && (
            <Banner kind="attention" icon="off" live>
              {t('reviews.ui_offline')}
            </Banner>
          )}
          {!leads && (
            <p className="led" data-following={following || undefined}>
              <span>
                {following
                  ? t('reviews.ui_following', { name: presenter?.name ?? t('reviews.ui_nobody_leads') })
                  : t('reviews.ui_looking', { point: room.led.label })}
              </span>
              {!following && (
                <Button size="sm" look="ink" onClick={follow}>
                  {t('reviews.ui_follow')}
                </Button>
              )}
              {may.run && (
                <Button size="sm" look="plain" onClick={room.lead}>
                  {t('reviews.ui_lead_now')}
                </Button>
              )}
            </p>
          )}
          {points.map(({ key }) => (
            <div key={key} className="point" data-point={key} hidden={key !== point.key}>
              {panels[key]}
            </div>
          ))}
          <div className="finds" hidden={point.step === 'plan' || undefined}>
            <Findings
              workspace={workspace}
              reviewId={review.id}
              userId={me.userId}
              point={point}
              findings={findings}
              mayWrite={may.write}
            />
            <section>
              <h2>{t('reviews.ui_change')}</h2>
              <div className="acted">
                {decisions}
                {deciding}
              </div>
            </section>
          </div>
          <Dock closing={may.close ? { workspace, reviewId: review.id, ...closing } : null} />
        </main>
        <aside className="side" aria-label={t('reviews.ui_side')}>
          {gap && !point.key.endsWith(`:${gap.itemId}`) && gap.view}
          {aside}
          <Notes
            session={session}
            state={line}
            element={element}
            first={notes}
            people={people}
            mayEdit={may.notes}
            slug={slug}
            readers={review.limited ? participants.length : null}
          />
        </aside>
      </div>
    </RoomHere.Provider>
  )
}

/** The address keeps where one looks, for a reload; following needs none. */
function address(key: string | null): void {
  const url = new URL(location.href)
  if (key === null) url.searchParams.delete('at')
  else url.searchParams.set('at', key)
  history.replaceState(history.state, '', url)
}

function top(): void {
  window.scrollTo({ top: 0 })
}
