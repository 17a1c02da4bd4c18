'use client'
import { useEffect, useState } from 'react'
import { useLanguage, useWords } from '@/app/_i18n/words-provider'
import type { Answer } from '@/app/_server/answer'
import { Badge } from '@/app/_ui/badge'
import { Button } from '@/app/_ui/button'
import { Field, Input, Textarea } from '@/app/_ui/field'
import { Link } from '@/app/_ui/link'
import { Submit, SubmitForm } from '@/app/_ui/submit-form'
import { toast } from '@/app/_ui/toast'
import { MAX_ACTIVITY_TITLE } from '@/lib/domain/activity'
import { MAX_REQUEST } from '@/lib/domain/board-request'
import { sayDay } from '../../../my-work/_work/say-day'
import { boardTitle } from '../_board/names'
import { useBoardPart } from '../_board/use-board'
import { sendRequest } from './actions'
import { readSent, type Sent } from './read-shelf'

/** Asks this department for something; below stands what became of what one asked before. */
export function SendRequest({ close }: { close: () => void }) {
  const t = useWords()
  const slug = useBoardPart((state) => state.slug)
  const board = useBoardPart((state) => state.board)
  const today = useBoardPart((state) => state.today)
  const department = boardTitle(t, board)
  const send = (input: {
    title: string
    text: string
    due: string
  }): Promise<Answer<{ requestId: string }>> =>
    sendRequest({ workspace: slug, boardId: board.boardId, ...input, due: input.due || null })
  return (
    <>
      <p className="help">{t('tray.ui_send_text', { department })}</p>
      <SubmitForm
        action={send}
        className="tray-form"
        done={() => {
          close()
          toast({
            text: t('tray.ui_sent', { department }),
          })
        }}
      >
        <Field label={t('tray.ui_title')} name="title" help={t('tray.ui_title_help')}>
          <Input required maxLength={MAX_ACTIVITY_TITLE} autoComplete="off" />
        </Field>
        <Field label={t('tray.ui_text')} name="text">
          <Textarea rows={3} maxLength={MAX_REQUEST} />
        </Field>
        <Field label={t('tray.ui_due')} name="due" className="short">
          <Input type="date" min={today} />
        </Field>
        <footer>
          <Button onClick={close}>{t('common.cancel')}</Button>
          <Submit>{t('tray.ui_send_now')}</Submit>
        </footer>
      </SubmitForm>
      <Before />
    </>
  )
}

/** What became of one's requests to this board. */
function Before() {
  const t = useWords()
  const language = useLanguage()
  const slug = useBoardPart((state) => state.slug)
  const boardId = useBoardPart((state) => state.board.boardId)
  const today = useBoardPart((state) => state.today)
  const people = useBoardPart((state) => state.people)
  const [sent, setSent] = useState<readonly Sent[]>([])
  useEffect(() => {
    const asked = new AbortController()
    // Without it the form above still works.
    readSent(slug, boardId, asked.signal).then(setSent, () => undefined)
    return () => asked.abort()
  }, [slug, boardId])
  if (sent.length === 0) return null
  const name = (id: string) => people.find((person) => person.id === id)?.name ?? t('tray.ui_somebody')
  return (
    <section className="before">
      <h3>{t('tray.ui_before')}</h3>
      <ul>
        {sent.map(({ id, title, day, answer }) => (
          <li key={id}>
            <b>{title}</b>
            <small>{sayDay(language, day, today)}</small>
            {answer.state === 'open' && <Badge>{t('work.sent_open')}</Badge>}
            {answer.state === 'withdrawn' && <Badge>{t('work.sent_withdrawn')}</Badge>}
            {answer.state === 'accepted' && (
              <Link href={`?card=${answer.activityId}`}>
                <Badge state="good">{t('work.sent_accepted', { name: name(answer.by) })}</Badge>
              </Link>
            )}
            {answer.state === 'declined' && (
              <>
                <Badge state="off">{t('work.sent_declined', { name: name(answer.by) })}</Badge>
                <q>{answer.reason}</q>
              </>
            )}
          </li>
        ))}
      </ul>
      <p>
        <Link href={`/${slug}/my-work#sent`}>{t('tray.ui_all_sent')}</Link>
      </p>
    </section>
  )
}
