'use client'
import { useMemo } from 'react'
import { localeOf } from '@/app/_i18n/locale'
import type { Say } from '@/app/_i18n/say'
import { useLanguage, useWords } from '@/app/_i18n/words-provider'
import type { Column } from '@/lib/domain/column'
import type { Label } from '@/lib/domain/label'
import type { Language } from '@/lib/domain/language'
import type { BoardPerson } from '@/lib/queries/board'
import type { BoardState } from '../_board/board-store'
import { columnName } from '../_board/names'
import { useBoard } from '../_board/use-board'
import type { FilterFacts } from './filter'
import { factsOf } from './shown-cards'

/** What the views say of a card besides itself. The same object until something in it changes. */
export interface ViewFacts extends FilterFacts {
  readonly t: Say
  readonly language: Language
  readonly may: BoardState['may']
  readonly columns: ReadonlyMap<string, Column & { readonly said: string }>
  readonly persons: ReadonlyMap<string, BoardPerson>
  readonly tags: ReadonlyMap<string, Label>
  readonly compare: (a: string, b: string) => number
}

export function useViewFacts(): ViewFacts {
  const t = useWords()
  const language = useLanguage()
  const state = useBoard()
  const facts = factsOf(state)
  const { may, columns, people, labels } = state
  return useMemo(
    () => ({
      ...facts,
      t,
      language,
      may,
      columns: new Map(columns.map((column) => [column.id, { ...column, said: columnName(t, column) }])),
      persons: new Map(people.map((person) => [person.id, person])),
      tags: new Map(labels.map((label) => [label.id, label])),
      compare: new Intl.Collator(localeOf(language), { numeric: true }).compare,
    }),
    [facts, t, language, may, columns, people, labels],
  )
}
