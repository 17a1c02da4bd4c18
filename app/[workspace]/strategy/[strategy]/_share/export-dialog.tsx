'use client'
import { useEffect, useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { Check } from '@/app/_ui/check'
import { Dialog } from '@/app/_ui/dialog'
import { exportChoices } from './actions'
import type { ShareDialogProps } from './share-menu'
import './share.css'

const formats = ['docx', 'pdf', 'md', 'html', 'json'] as const
type Format = (typeof formats)[number]

/** The strategy as a file, with or without what was said about it. */
export function ExportDialog({ shared, close }: ShareDialogProps) {
  const t = useWords()
  const [format, setFormat] = useState<Format>('docx')
  const [comments, setComments] = useState(true)
  const [pdf, setPdf] = useState<boolean | null>(null)
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)
  const here = `/${shared.workspace}/strategy/${shared.strategyId}`

  useEffect(() => {
    let gone = false
    exportChoices({ workspace: shared.workspace }).then(
      (answer) => {
        if (!gone && answer.ok) setPdf(answer.value.pdf)
      },
      () => {},
    )
    return () => {
      gone = true
    }
  }, [shared.workspace])

  // Here no browser makes the PDF: the reader's own can.
  const byPrinting = format === 'pdf' && pdf === false
  const download = async () => {
    setBusy(true)
    setRefusal(null)
    try {
      const answer = await fetch(`${here}/export/${format}${comments ? '' : '?comments=no'}`)
      if (!answer.ok) {
        const said = await answer.json().catch(() => null)
        setRefusal(said?.error?.message ?? t('common.no_answer'))
        return
      }
      const name = /filename\*=UTF-8''([^;]+)/.exec(answer.headers.get('content-disposition') ?? '')?.[1]
      save(await answer.blob(), name ? decodeURIComponent(name) : `strategy.${format}`)
      close()
    } catch {
      setRefusal(t('common.no_answer'))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog open onClose={close} title={t('exchange.ui_export_title')} sheet>
      <fieldset className="formats">
        <legend className="vh">{t('exchange.ui_export_format')}</legend>
        {formats.map((one) => (
          <label key={one} className="format">
            <input
              type="radio"
              name="format"
              value={one}
              checked={format === one}
              onChange={() => setFormat(one)}
            />
            <span>
              <b>{t(`exchange.ui_format_${one}`)}</b>
              <span className="help block">
                {one === 'pdf' && pdf === false
                  ? t('exchange.ui_format_pdf_print')
                  : t(`exchange.ui_format_${one}_help`)}
              </span>
            </span>
          </label>
        ))}
      </fieldset>
      <Check
        checked={comments && format !== 'md'}
        disabled={format === 'md'}
        onChange={(event) => setComments(event.currentTarget.checked)}
        help={format === 'md' ? t('exchange.ui_comments_not_md') : undefined}
      >
        {t('exchange.ui_with_comments')}
      </Check>
      {refusal && (
        <p className="error" role="alert">
          {refusal}
        </p>
      )}
      <footer>
        <Button onClick={close}>{t('exchange.ui_cancel')}</Button>
        {byPrinting ? (
          <a className="btn ink" href={`${here}/print?now${comments ? '' : '&comments=no'}`}>
            {t('exchange.ui_print_menu')}
          </a>
        ) : (
          <Button look="ink" busy={busy} onClick={download}>
            {busy ? t('exchange.ui_writing') : t('exchange.ui_download')}
          </Button>
        )}
      </footer>
    </Dialog>
  )
}

function save(file: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  // The browser has taken the bytes when the click returns; Safari a little later.
  setTimeout(() => URL.revokeObjectURL(link.href), 30_000)
}
