'use client'
import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState } from 'react'
import { useLanguage, useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { Dialog } from '@/app/_ui/dialog'
import { sendFile } from '@/app/_ui/send-file'
import { useToast } from '@/app/_ui/toast'
import { itemKinds } from '@/lib/document/items/kinds'
import type { FileNote } from '@/lib/document/read-file'
import type { Language } from '@/lib/domain/language'

interface DryRun {
  readonly format: 'markdown' | 'docx' | 'json'
  readonly title: string
  readonly language: Language | null
  readonly counts: {
    readonly headings: number
    readonly paragraphs: number
    readonly lists: number
    readonly tables: number
    readonly pictures: number
    readonly links: number
    readonly comments: number
    readonly items: Readonly<Record<string, number>>
  }
  readonly notes: readonly FileNote[]
}

const plain = ['headings', 'paragraphs', 'lists', 'tables', 'pictures', 'links', 'comments'] as const
/** Notes of one kind shown one by one; more would hide the others. */
const SHOWN = 5

/** Has the file read, says what would be there, and makes it a strategy when told to. */
export function ImportReport({
  workspace,
  file,
  read,
  close,
}: {
  workspace: string
  file: File
  /** It has been read. */
  read: () => void
  close: () => void
}) {
  const t = useWords()
  const language = useLanguage()
  const router = useRouter()
  const toast = useToast()
  const [run, setRun] = useState<DryRun | null>(null)
  const [busy, setBusy] = useState(false)
  const address = `/api/workspaces/${workspace}/imports`

  const sent = useRef<File | null>(null)
  const look = useRef(async () => {})
  look.current = async () => {
    const answer = await sendFile<DryRun>(`${address}?dry`, file, t('common.no_answer'))
    read()
    if (answer.ok) return setRun(answer.value)
    toast({ text: answer.message })
    close()
  }
  useEffect(() => {
    // Once for each file, however often React looks.
    if (sent.current === file) return
    sent.current = file
    void look.current()
  }, [file])

  const make = async () => {
    setBusy(true)
    const sent = await sendFile<{ id: string }>(
      `${address}?language=${language}`,
      file,
      t('common.no_answer'),
    )
    if (sent.ok) return router.push(`/${workspace}/strategy/${sent.value.id}`)
    setBusy(false)
    toast({ text: sent.message })
  }
  return (
    run && (
      <Dialog open onClose={close} title={t('exchange.import_title')} wide>
        <Report file={file} run={run} />
        <footer>
          <Button onClick={close}>{t('exchange.ui_cancel')}</Button>
          <Button look="ink" busy={busy} data-autofocus onClick={() => void make()}>
            {t('exchange.import_do')}
          </Button>
        </footer>
      </Dialog>
    )
  )
}

function Report({ file, run }: { file: File; run: DryRun }) {
  const t = useWords()
  const { counts, notes } = run
  const codes = [...new Set(notes.map(({ code }) => code))]
  const items = itemKinds.filter((kind) => counts.items[kind])
  return (
    <div className="dry-run">
      <p className="dry-title" lang={run.language === 'zh' ? 'zh-Hans' : 'en'}>
        {run.title || file.name.replace(/\.[a-z0-9]+$/i, '')}
      </p>
      <p className="quiet">
        {file.name} · {t(`exchange.read_${run.format}`)}
        {run.language && ` · ${t(`exchange.language_${run.language}`)}`}
      </p>
      <h3>{t('exchange.import_kept')}</h3>
      <ul className="counts">
        {items.map((kind) => (
          <li key={kind}>{t(`exchange.n_${kind}`, { n: counts.items[kind] ?? 0 })}</li>
        ))}
        {plain
          .filter((kind) => counts[kind] > 0)
          .map((kind) => (
            <li key={kind}>{t(`exchange.n_${kind}`, { n: counts[kind] })}</li>
          ))}
      </ul>
      <h3>{t('exchange.import_changed')}</h3>
      {codes.length === 0 ? (
        <p className="quiet">{t('exchange.import_all_kept')}</p>
      ) : (
        <dl className="notes">
          {codes.map((code) => {
            const own = notes.filter((note) => note.code === code)
            return (
              <div key={code}>
                <dt>
                  {t(`exchange.note_${code}`)} <span className="quiet num">{own.length}</span>
                </dt>
                {own.slice(0, SHOWN).map((note, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the notes of a file never move
                  <dd key={index}>
                    {note.line > 0 && (
                      <span className="num quiet">
                        {t(run.format === 'docx' ? 'exchange.paragraph_n' : 'exchange.line_n', {
                          n: note.line,
                        })}{' '}
                      </span>
                    )}
                    {code === 'chapter_missing' ? t(`exchange.chapter_${note.text}` as never) : note.text}
                  </dd>
                ))}
                {own.length > SHOWN && (
                  <dd className="quiet">{t('exchange.and_more', { n: own.length - SHOWN })}</dd>
                )}
              </div>
            )
          })}
        </dl>
      )}
    </div>
  )
}
