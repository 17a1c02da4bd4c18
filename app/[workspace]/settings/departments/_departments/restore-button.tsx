'use client'
import { useTransition } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { useAct } from '../../_parts/use-act'
import { archiveDepartment } from '../../actions'

/** Brings an archived department back to its place, with its people. */
export function RestoreButton({
  workspace,
  departmentId,
  name,
}: {
  workspace: string
  departmentId: string
  name: string
}) {
  const t = useWords()
  const act = useAct()
  const [busy, start] = useTransition()
  const restore = () =>
    start(async () => {
      await act(
        archiveDepartment,
        { workspace, departmentId, archived: false },
        t('people.dep_restored', { department: name }),
      )
    })
  return (
    <Button size="sm" busy={busy} onClick={restore}>
      {t('people.dep_restore')} <span className="vh">{name}</span>
    </Button>
  )
}
