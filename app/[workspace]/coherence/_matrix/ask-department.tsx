'use client'
import { useWords } from '@/app/_i18n/words-provider'
import type { Answer } from '@/app/_server/answer'
import { Button } from '@/app/_ui/button'
import { Field, Input, Select, Textarea } from '@/app/_ui/field'
import { Submit, SubmitForm } from '@/app/_ui/submit-form'
import { toast } from '@/app/_ui/toast'
import { MAX_ACTIVITY_TITLE } from '@/lib/domain/activity'
import { MAX_REQUEST } from '@/lib/domain/board-request'
import { sendRequest } from '../../boards/[board]/_tray/actions'

/** Asks one department to work on a difficulty: a request in its tray. */
export function AskDepartment({
  workspace,
  departments,
  words,
  close,
}: {
  workspace: string
  departments: readonly { readonly boardId: string; readonly name: string }[]
  /** The difficulty, as the strategy says it. */
  words: string
  close: () => void
}) {
  const t = useWords()
  const send = (input: {
    boardId: string
    title: string
    text: string
  }): Promise<Answer<{ boardId: string }>> =>
    sendRequest({ workspace, ...input, due: null }).then((answer) =>
      answer.ok ? { ok: true, value: { boardId: input.boardId } } : answer,
    )
  return (
    <>
      <p className="help">{t('coherence.ui_ask_text')}</p>
      <SubmitForm
        action={send}
        className="coh-ask"
        done={({ boardId }) => {
          close()
          const department = departments.find((one) => one.boardId === boardId)?.name ?? ''
          toast({ text: t('coherence.ui_asked', { department }) })
        }}
      >
        <Field label={t('coherence.ui_ask_department')} name="boardId">
          <Select required>
            {departments.map(({ boardId, name }) => (
              <option key={boardId} value={boardId}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t('coherence.ui_ask_words')} name="title">
          <Input required maxLength={MAX_ACTIVITY_TITLE} autoComplete="off" />
        </Field>
        <Field label={t('coherence.ui_ask_more')} name="text">
          <Textarea rows={3} maxLength={MAX_REQUEST} defaultValue={words} />
        </Field>
        <footer>
          <Button onClick={close}>{t('common.cancel')}</Button>
          <Submit look="ink">{t('coherence.ui_ask_send')}</Submit>
        </footer>
      </SubmitForm>
    </>
  )
}
