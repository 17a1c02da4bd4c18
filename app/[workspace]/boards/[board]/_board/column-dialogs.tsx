'use client'
import { type ReactNode, useState } from 'react'
import { Button } from '@/app/_ui/button'
import { Dialog } from '@/app/_ui/dialog'
import { swallowComposingEnter } from '@/app/_ui/keys'
import { type Column, MAX_COLUMN_NAME, type Phase, phases } from '@/lib/domain/column'
import type { ColumnAsk } from './column-menu'
import { useFacts } from './facts'
import { columnName } from './names'
import { useBoard, useBoardStore } from './use-board'

/** A column's limit, a new one, or its removal. */
export function ColumnDialog({
  ask,
  ...given
}: {
  ask: ColumnAsk
  column: Column
  name: string
  cards: number
  onClose: () => void
}) {
  switch (ask) {
    case 'limit':
      return <Limit {...given} />
    case 'add':
      return <Add onClose={given.onClose} />
    case 'remove':
      return <Remove {...given} />
  }
}

function Form({
  title,
  act,
  danger = false,
  submit,
  onClose,
  children,
}: {
  title: string
  act: string
  danger?: boolean
  /** False: refused, the form stays. */
  submit: () => Promise<boolean>
  onClose: () => void
  children: ReactNode
}) {
  const { t } = useFacts()
  const [busy, setBusy] = useState(false)
  return (
    <Dialog open onClose={onClose} title={title}>
      <form
        onKeyDown={swallowComposingEnter}
        onSubmit={async (event) => {
          event.preventDefault()
          if (busy) return
          setBusy(true)
          const done = await submit()
          setBusy(false)
          if (done) onClose()
        }}
      >
        {children}
        <footer>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button look={danger ? 'danger' : 'ink'} type="submit" busy={busy}>
            {act}
          </Button>
        </footer>
      </form>
    </Dialog>
  )
}

function Limit({ column, name, onClose }: { column: Column; name: string; onClose: () => void }) {
  const { t } = useFacts()
  const store = useBoardStore()
  const [text, setText] = useState(column.limit === null ? '' : String(column.limit))
  return (
    <Form
      title={t('boards.column_limit_of', { column: name })}
      act={t('common.save')}
      onClose={onClose}
      submit={() =>
        store.column({ do: 'set', columnId: column.id, limit: text.trim() === '' ? null : Number(text) })
      }
    >
      <div className="field">
        <label htmlFor="column-limit">{t('boards.column_limit_label')}</label>
        <input
          id="column-limit"
          className="input"
          type="number"
          inputMode="numeric"
          min={1}
          max={999}
          step={1}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <p className="help">{t('boards.column_limit_help')}</p>
      </div>
    </Form>
  )
}

export function Add({ onClose }: { onClose: () => void }) {
  const { t } = useFacts()
  const store = useBoardStore()
  const [name, setName] = useState('')
  const [phase, setPhase] = useState<Phase>('do')
  return (
    <Form
      title={t('boards.column_add')}
      act={t('boards.add')}
      onClose={onClose}
      submit={() => store.column({ do: 'add', name, phase })}
    >
      <div className="field">
        <label htmlFor="new-column">{t('boards.column_name')}</label>
        <input
          id="new-column"
          className="input"
          required
          maxLength={MAX_COLUMN_NAME}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </div>
      <div className="field">
        <label htmlFor="new-phase">{t('boards.column_phase')}</label>
        <select
          id="new-phase"
          className="input"
          value={phase}
          onChange={(event) => setPhase(phases.find((one) => one === event.target.value) ?? 'do')}
        >
          {phases.map((one) => (
            <option key={one} value={one}>
              {t(`boards.phase_${one}`)}
            </option>
          ))}
        </select>
        <p className="help">{t('boards.column_phase_help')}</p>
      </div>
    </Form>
  )
}

function Remove({
  column,
  name,
  cards,
  onClose,
}: {
  column: Column
  name: string
  cards: number
  onClose: () => void
}) {
  const { t } = useFacts()
  const store = useBoardStore()
  const { columns } = useBoard()
  const others = columns.filter(({ id }) => id !== column.id)
  const [to, setTo] = useState(others[0]?.id ?? '')
  return (
    <Form
      title={t('boards.column_remove_of', { column: name })}
      act={t('boards.column_remove')}
      danger
      onClose={onClose}
      submit={() => store.column({ do: 'remove', columnId: column.id, to: to === '' ? null : to })}
    >
      <p>{t('boards.column_remove_text', { n: cards })}</p>
      <div className="field">
        <label htmlFor="column-target">{t('boards.column_target')}</label>
        <select
          id="column-target"
          className="input"
          value={to}
          onChange={(event) => setTo(others.find(({ id }) => id === event.target.value)?.id ?? '')}
        >
          {others.map((one) => (
            <option key={one.id} value={one.id}>
              {columnName(t, one)}
            </option>
          ))}
        </select>
      </div>
    </Form>
  )
}
