'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { Dialog } from '@/app/_ui/dialog'
import { Field, Textarea } from '@/app/_ui/field'
import { composing } from '@/app/_ui/keys'
import { SubmitForm } from '@/app/_ui/submit-form'
import { useToast } from '@/app/_ui/toast'
import type { Moment } from '@/lib/domain/version'
import { askAboutChange, putBackChanges, restoreVersion } from './actions'

export interface ActsOnPassage {
  readonly workspace: string
  readonly strategyId: string
  readonly from: number
  readonly to: Moment
  readonly mayPutBack: boolean
  readonly mayAsk: boolean
}

/** What can be done about one passage of a comparison: put it back as it was, or ask why. */
export function PassageActs({
  workspace,
  strategyId,
  from,
  to,
  mayPutBack,
  mayAsk,
  changes,
  removed,
  added,
  lang,
}: ActsOnPassage & {
  /** The names of its changes. */
  readonly changes: readonly string[]
  /** What it took and brought, to be quoted. */
  readonly removed: string
  readonly added: string
  readonly lang: string
}) {
  const t = useWords()
  const router = useRouter()
  const toast = useToast()
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  const takeBack = async (version: number) => {
    try {
      const answer = await restoreVersion({ workspace, strategyId, version })
      toast({ text: answer.ok ? t('versions.ui_put_back_undone') : answer.message })
    } catch {
      toast({ text: t('common.no_answer') })
    }
    router.refresh()
  }
  const putBack = async () => {
    if (busy) return
    setBusy(true)
    try {
      const answer = await putBackChanges({ workspace, strategyId, from, changes: [...changes] })
      if (!answer.ok) return toast({ text: answer.message })
      const { found, kept, before } = answer.value
      if (found === 0) toast({ text: t('versions.ui_put_back_missed') })
      else if (kept.length > 0) toast({ text: t('versions.ui_put_back_held', { words: kept[0] ?? '' }) })
      else toast({ text: t('versions.ui_put_back_done'), undo: () => void takeBack(before) })
      router.refresh()
    } catch {
      toast({ text: t('common.no_answer') })
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <span className="row acts">
        {mayPutBack && (
          <Button size="sm" look="plain" busy={busy} onClick={() => void putBack()}>
            {t('versions.ui_put_back')}
          </Button>
        )}
        {mayAsk && (
          <Button size="sm" look="plain" onClick={() => setAsking(true)}>
            {t('versions.ui_ask')}
          </Button>
        )}
      </span>
      <Dialog open={asking} onClose={() => setAsking(false)} title={t('versions.ui_ask_title')} sheet>
        <SubmitForm
          action={askAboutChange}
          values={{ workspace, strategyId, from, to, changes: [...changes] }}
          done={({ id }: { id: string }) => {
            setAsking(false)
            const thread = `/${workspace}/strategy/${strategyId}?thread=${id}`
            toast({
              text: t('versions.ui_asked'),
              action: { label: t('versions.ui_asked_open'), run: () => router.push(thread) },
            })
          }}
        >
          {(removed !== '' || added !== '') && (
            <p className="asked" lang={lang}>
              {removed !== '' && <del>{removed}</del>} {added !== '' && <ins>{added}</ins>}
            </p>
          )}
          <Field label={t('versions.ui_ask_label')} name="text">
            <Textarea
              name="text"
              rows={3}
              required
              aria-keyshortcuts="Control+Enter"
              onKeyDown={(event) => {
                if (composing(event) || event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
                event.preventDefault()
                event.currentTarget.form?.requestSubmit()
              }}
            />
          </Field>
          <footer>
            <Button onClick={() => setAsking(false)}>{t('common.cancel')}</Button>
            <Button look="ink" type="submit">
              {t('versions.ui_ask_do')}
            </Button>
          </footer>
        </SubmitForm>
      </Dialog>
    </>
  )
}
