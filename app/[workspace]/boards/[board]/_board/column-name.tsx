'use client'
import { type Column, MAX_COLUMN_NAME } from '@/lib/domain/column'
import { useFacts } from './facts'
import { columnName } from './names'
import { useBoardStore } from './use-board'
import { useInPlace } from './use-in-place'
import { useUi, useUiPart } from './use-ui'

/** A column's name, and the field it becomes while somebody changes it: Enter keeps, Esc leaves it as it was. */
export function ColumnName({ column }: { column: Column }) {
  const { t, may } = useFacts()
  const ui = useUi()
  const renaming = useUiPart((state) => state.renaming === column.id)
  const name = columnName(t, column)
  if (renaming) return <NameField column={column} name={name} />
  return (
    <h2
      id={`${column.id}-name`}
      onDoubleClick={may.columns ? () => ui.set({ renaming: column.id }) : undefined}
    >
      {name}
    </h2>
  )
}

function NameField({ column, name }: { column: Column; name: string }) {
  const { t } = useFacts()
  const ui = useUi()
  const store = useBoardStore()
  const field = useInPlace<HTMLInputElement>((written, back) => {
    const text = written?.trim() ?? name
    // Empty gives one of the five its usual name back, in each reader's language.
    if (text !== name && (text !== '' || column.kind !== null))
      void store.column({ do: 'set', columnId: column.id, name: text })
    ui.set({ renaming: null })
    if (back)
      requestAnimationFrame(() =>
        document
          .querySelector<HTMLElement>(`[data-column="${CSS.escape(column.id)}"] > header button`)
          ?.focus(),
      )
  })
  return (
    <input
      {...field}
      className="input column-name"
      aria-label={t('boards.column_name_of', { column: name })}
      placeholder={column.kind === null ? undefined : columnName(t, { kind: column.kind, name: null })}
      maxLength={MAX_COLUMN_NAME}
      defaultValue={name}
    />
  )
}
