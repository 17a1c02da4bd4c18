'use client'
import { useMemo } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import type { ThreadsView, VoiceView } from '@/lib/queries/threads'
import { useStore } from '../_editor/use-store'
import { useHouse } from './house'

/** How people and departments are called here. */
export function useNames() {
  const t = useWords()
  const { store } = useHouse()
  const { people, departments, me } = useStore(store.state, store.state.get())
  return useMemo(() => {
    const departmentName = ({ kind, name }: Pick<ThreadsView['departments'][number], 'kind' | 'name'>) =>
      name ?? (kind ? t(`common.department_${kind}`) : '')
    const byId = new Map<string, string>([
      ...people.map((person) => [person.id, person.name] as const),
      ...departments.map((department) => [department.id, departmentName(department)] as const),
    ])
    return {
      me,
      departmentName,
      /** Null: not (any more) among those we know. */
      nameOf: (id: string) => byId.get(id) ?? null,
      voice: (voice: VoiceView | null) =>
        voice?.memberId === me ? t('threads.you') : (voice?.name ?? t('threads.former')),
    }
  }, [people, departments, me, t])
}
