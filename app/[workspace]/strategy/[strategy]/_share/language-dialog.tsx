'use client'
import { useRef, useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { Dialog } from '@/app/_ui/dialog'
import { sendFile } from '@/app/_ui/send-file'
import { useToast } from '@/app/_ui/toast'
import type { ShareDialogProps } from './share-menu'
import './share.css'

interface Pairing {
  readonly filled: readonly string[]
  readonly kept: readonly string[]
  readonly onlyInFile: readonly string[]
  readonly onlyInStrategy: readonly string[]
}

/** Brings the positioning of the other language's file into this strategy, having said what it would fill. */
export function LanguageDialog({ shared, close }: ShareDialogProps) {
  const t = useWords()
  const toast = useToast()
  const input = useRef<HTMLInputElement>(null)
  const [file, setFile] = useState<File | null>(null)
  const [pairing, setPairing] = useState<Pairing | null>(null)
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)
  const address = `/api/workspaces/${shared.workspace}/strategies/${shared.strategyId}/language`

  const send = async (chosen: File, dry: boolean) => {
    setBusy(true)
    setRefusal(null)
    const sent = await sendFile<Pairing>(dry ? `${address}?dry` : address, chosen, t('common.no_answer'))
    setBusy(false)
    if (!sent.ok) return setRefusal(sent.message)
    if (dry) return setPairing(sent.value)
    toast({ text: t('exchange.ui_language_done', { n: sent.value.filled.length }) })
    close()
  }
  const codes = (list: readonly string[]) => list.slice(0, 12).join(', ') + (list.length > 12 ? ' …' : '')
  return (
    <Dialog
      open
      onClose={close}
      // The menu's entry leads here by three points; here one has arrived.
      title={t(`exchange.ui_language_add_${shared.language === 'zh' ? 'en' : 'zh'}`).replace(/\s*…$/, '')}
      sheet
    >
      <p>{t('exchange.ui_language_lead')}</p>
      <input
        ref={input}
        type="file"
        accept=".md,.markdown,.docx,.json"
        className="vh"
        tabIndex={-1}
        aria-hidden="true"
        onChange={(event) => {
          const chosen = event.currentTarget.files?.[0] ?? null
          event.currentTarget.value = ''
          setFile(chosen)
          setPairing(null)
          if (chosen) void send(chosen, true)
        }}
      />
      <p className="row wrap pick-file">
        <Button size="sm" busy={busy} onClick={() => input.current?.click()}>
          {t('exchange.ui_choose_file')}
        </Button>
        {file && <span className="quiet">{file.name}</span>}
      </p>
      {pairing && (
        <ul className="facts">
          <li>{t('exchange.ui_language_filled', { n: pairing.filled.length })}</li>
          {pairing.kept.length > 0 && <li>{t('exchange.ui_language_kept', { n: pairing.kept.length })}</li>}
          {pairing.onlyInFile.length > 0 && (
            <li>{t('exchange.ui_language_only_file', { codes: codes(pairing.onlyInFile) })}</li>
          )}
          {pairing.onlyInStrategy.length > 0 && (
            <li>{t('exchange.ui_language_only_strategy', { codes: codes(pairing.onlyInStrategy) })}</li>
          )}
        </ul>
      )}
      {refusal && (
        <p className="error" role="alert">
          {refusal}
        </p>
      )}
      <footer>
        <Button onClick={close}>{t('exchange.ui_cancel')}</Button>
        <Button
          look="ink"
          busy={busy}
          disabled={!file || !pairing || pairing.filled.length === 0}
          onClick={() => file && void send(file, false)}
        >
          {t('exchange.ui_language_do')}
        </Button>
      </footer>
    </Dialog>
  )
}
