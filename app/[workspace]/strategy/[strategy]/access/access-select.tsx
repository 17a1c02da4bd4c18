'use client'
import { useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Select } from '@/app/_ui/field'
import { useToast } from '@/app/_ui/toast'
import type { Role } from '@/lib/domain/role'
import type { Access } from '@/lib/domain/strategy-access'
import { shareStrategy } from '../../actions'

const levels = ['none', 'read', 'comment', 'edit'] as const

/** What one member may do in this strategy. Chosen, it counts at once. */
export function AccessSelect({
  workspace,
  strategyId,
  member,
}: {
  workspace: string
  strategyId: string
  member: {
    readonly memberId: string
    readonly name: string
    readonly role: Role
    readonly usual: Access
    readonly given: Access | null
  }
}) {
  const t = useWords()
  const toast = useToast()
  const [level, setLevel] = useState(member.given)
  const choose = async (next: Access | null) => {
    setLevel(next)
    const answer = await shareStrategy({
      workspace,
      strategyId,
      memberId: member.memberId,
      level: next,
    }).catch(() => null)
    if (answer?.ok) return toast({ text: t('strategy.access_saved') })
    setLevel(level)
    toast({ text: answer ? answer.message : t('common.no_answer') })
  }
  return (
    <Select
      aria-label={member.name}
      value={level ?? 'usual'}
      onChange={(event) => void choose(levels.find((known) => known === event.currentTarget.value) ?? null)}
    >
      <option value="usual">
        {t('strategy.access_usual', { level: t(`strategy.access_${member.usual}`) })}
      </option>
      {levels
        // A viewer reads or does not, whatever the row says.
        .filter((known) => member.role !== 'viewer' || known === 'none' || known === 'read')
        .map((known) => (
          <option key={known} value={known}>
            {t(`strategy.access_${known}`)}
          </option>
        ))}
    </Select>
  )
}
