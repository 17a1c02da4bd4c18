'use client'
import { useRouter } from 'next/navigation'
import { useRef, useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Badge } from '@/app/_ui/badge'
import { Button } from '@/app/_ui/button'
import { Field, Textarea } from '@/app/_ui/field'
import { Segmented } from '@/app/_ui/segmented'
import { toast } from '@/app/_ui/toast'
import { boardTitle } from '../_board/names'
import { useBoardPart, useBoardStore } from '../_board/use-board'
import { formatOf, type ImportFormat, importFormats, textOf } from './import-format'
import { type ImportReport, importReport, refused } from './report'

/** Listed at most; all are counted. */
const LISTED = 60

/** A file or pasted lines become activities in two steps: first what would come and what not, then all of it or nothing. */
export function ImportBoard({ close }: { close: () => void }) {
  const t = useWords()
  const router = useRouter()
  const store = useBoardStore()
  const slug = useBoardPart((state) => state.slug)
  const board = useBoardPart((state) => state.board)
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const [name, setName] = useState<string | null>(null)
  const [format, setFormat] = useState<ImportFormat>('csv')
  const [report, setReport] = useState<ImportReport | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const change = (next: string, from: string | null) => {
    setText(next)
    setName(from)
    setFormat(formatOf(next))
    setReport(null)
    setProblem(null)
  }
  const run = async (dry: boolean) => {
    setBusy(true)
    setProblem(null)
    const said = await send(slug, board.boardId, format, text, dry).catch(() => null)
    setBusy(false)
    if (said === null) setProblem(t('common.no_answer'))
    else if (typeof said === 'string') setProblem(said)
    else if (dry) setReport(said)
    else {
      close()
      router.refresh()
      const { undo } = said
      toast({
        text: t('tray.ui_imported', { n: said.activities.length }),
        ...(undo && { undo: () => store.undo(undo) }),
      })
    }
  }
  const nothing = report !== null && report.activities.length === 0 && report.measures.length === 0
  return (
    <div className="import">
      <p className="help">{t('tray.ui_import_text', { department: boardTitle(t, board) })}</p>
      <input
        ref={input}
        type="file"
        accept=".csv,.tsv,.txt,.json"
        className="vh"
        tabIndex={-1}
        aria-hidden="true"
        onChange={async (event) => {
          const file = event.currentTarget.files?.[0]
          event.currentTarget.value = ''
          if (file) change(textOf(new Uint8Array(await file.arrayBuffer())), file.name)
        }}
      />
      {name === null ? (
        <Field
          label={t('tray.ui_paste')}
          name="text"
          help={t('tray.ui_paste_help')}
          aside={
            <Button size="sm" onClick={() => input.current?.click()}>
              {t('tray.ui_file')}
            </Button>
          }
        >
          <Textarea
            rows={6}
            value={text}
            spellCheck={false}
            placeholder={t('tray.ui_paste_example')}
            onChange={(event) => change(event.target.value, null)}
          />
        </Field>
      ) : (
        <p className="row file">
          <b className="grow">{name}</b>
          <Button size="sm" onClick={() => change('', null)}>
            {t('tray.ui_other_file')}
          </Button>
        </p>
      )}
      {text !== '' && (
        <Segmented
          showLabel
          label={t('tray.ui_read_as')}
          value={format}
          onChange={(next) => {
            setFormat(next)
            setReport(null)
          }}
          options={importFormats.map((value) => ({ value, label: t(`tray.ui_format_${value}`) }))}
        />
      )}
      {problem && (
        <p className="error" role="alert">
          {problem}
        </p>
      )}
      {report && <Report report={report} />}
      <footer>
        <Button onClick={close}>{t('common.cancel')}</Button>
        {report === null ? (
          <Button look="ink" busy={busy} disabled={text.trim() === ''} onClick={() => run(true)}>
            {t('tray.ui_look')}
          </Button>
        ) : (
          <Button look="ink" busy={busy} disabled={nothing} onClick={() => run(false)}>
            {nothing ? t('tray.ui_nothing') : t('tray.ui_bring', { n: report.activities.length })}
          </Button>
        )}
      </footer>
    </div>
  )
}

/** What would come, by board, and every line of what would not. */
function Report({ report }: { report: ImportReport }) {
  const t = useWords()
  const boards = useBoardPart((state) => state.boards)
  const { activities, measures, handOffs, relations, readings, problems, columns } = report
  const column = (id: string) => {
    const known = columns[id]
    return known ? (known.name ?? (known.kind ? t(`boards.column_${known.kind}`) : '')) : ''
  }
  return (
    <div className="plan" role="status">
      <p className="said">
        {t('tray.ui_would', { n: activities.length })}
        {measures.length > 0 && ` ${t('tray.ui_would_measures', { n: measures.length, readings })}`}
        {handOffs + relations > 0 && ` ${t('tray.ui_would_ties', { handOffs, relations })}`}
      </p>
      {boards
        .map((board) => ({ board, come: activities.filter(({ boardId }) => boardId === board.boardId) }))
        .filter(({ come }) => come.length > 0)
        .map(({ board, come }) => (
          <details key={board.boardId} open={activities.length <= LISTED}>
            <summary>
              {boardTitle(t, board)} <span className="quiet num">{come.length}</span>
            </summary>
            <ul>
              {come.slice(0, LISTED).map(({ title, columnId }, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two may be called the same, and nothing moves
                <li key={i}>
                  {title} <span className="quiet">{column(columnId)}</span>
                </li>
              ))}
              {come.length > LISTED && (
                <li className="quiet">{t('tray.ui_more', { n: come.length - LISTED })}</li>
              )}
            </ul>
          </details>
        ))}
      {problems.length === 0 ? (
        <Badge state="good">{t('tray.ui_all_comes')}</Badge>
      ) : (
        <>
          <p className="said">{t('tray.ui_problems', { n: problems.length })}</p>
          <ul className="problems">
            {inLines(problems).map(({ row, code, value }, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: one line may be wrong twice in the same way
              <li key={i}>
                <span className="num">{t('tray.ui_line', { row })}</span>
                <Badge state={code === 'no_title' || code === 'too_many' ? 'off' : 'risk'}>
                  {t(`tray.ui_problem_${code}`)}
                </Badge>
                {value.trim() !== '' && <q>{value.trim()}</q>}
              </li>
            ))}
            {problems.length > LISTED && (
              <li className="quiet">{t('tray.ui_more', { n: problems.length - LISTED })}</li>
            )}
          </ul>
        </>
      )}
    </div>
  )
}

function inLines(problems: ImportReport['problems']): ImportReport['problems'] {
  return [...problems].sort((a, b) => a.row - b.row).slice(0, LISTED)
}

/** The report; a sentence when it was refused. Throws when nobody answers. */
async function send(
  slug: string,
  boardId: string,
  format: ImportFormat,
  text: string,
  dry: boolean,
): Promise<ImportReport | string> {
  const query = new URLSearchParams({ format, ...(dry && { dry: '' }) })
  const answer = await fetch(`/api/workspaces/${slug}/boards/${boardId}/import?${query}`, {
    method: 'POST',
    body: text,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
  })
  const said: unknown = await answer.json()
  if (answer.ok) return importReport.parse(said)
  return refused.parse(said).error.message
}
