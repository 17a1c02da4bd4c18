'use client'
import { useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { Input, Select } from '@/app/_ui/field'
import { useFormRefusal } from '@/app/_ui/form-state'
import { Icon } from '@/app/_ui/icon'
import type { Role } from '@/lib/domain/role'

/** Whom one begins with; an owner is made later, deliberately. */
const offered = ['partner', 'manager', 'member', 'adviser', 'viewer'] as const satisfies readonly Role[]

interface Row {
  readonly key: number
  readonly email: string
  readonly role: Role
}

const empty = (key: number): Row => ({ key, email: '', role: 'partner' })

/** Addresses with roles, named `email-<key>` and `role-<key>`, and a sentence that says what they will be able to do. */
export function InviteRows() {
  const t = useWords()
  const [rows, setRows] = useState<readonly Row[]>([empty(1), empty(2)])
  const change = (key: number, with_: Partial<Row>) =>
    setRows((before) => before.map((row) => (row.key === key ? { ...row, ...with_ } : row)))
  const filled = rows.filter((row) => row.email.trim() !== '')
  const used = offered.filter((role) => filled.some((row) => row.role === role))
  return (
    <>
      <ul className="inv">
        {rows.map((row, i) => (
          <InviteRow
            key={row.key}
            row={row}
            n={i + 1}
            change={(with_) => change(row.key, with_)}
            remove={() => setRows((before) => before.filter((other) => other.key !== row.key))}
          />
        ))}
      </ul>
      <Button
        look="plain"
        onClick={() =>
          setRows((before) => [...before, empty(Math.max(0, ...before.map((row) => row.key)) + 1)])
        }
      >
        <Icon name="plus" />
        {t('people.row_add')}
      </Button>
      <div className="says" aria-live="polite">
        {used.length === 0 && <p>{t('people.says_nobody')}</p>}
        {used.map((role) => (
          <p key={role}>
            <b>{t(`common.role_${role}`)}</b> {t(`people.role_${role}_does`)}
          </p>
        ))}
      </div>
    </>
  )
}

function InviteRow({
  row,
  n,
  change,
  remove,
}: {
  row: Row
  n: number
  change: (with_: Partial<Row>) => void
  remove: () => void
}) {
  const t = useWords()
  const name = `email-${row.key}`
  const refusal = useFormRefusal(name)
  return (
    <li className="field" data-says="">
      <Input
        name={name}
        type="email"
        autoComplete="off"
        aria-label={t('people.row_email', { n })}
        aria-invalid={refusal ? true : undefined}
        aria-describedby={refusal ? `${name}-e` : undefined}
        placeholder={t('people.email_example')}
        value={row.email}
        onChange={(event) => change({ email: event.currentTarget.value })}
      />
      <Select
        name={`role-${row.key}`}
        aria-label={t('people.row_role', { n })}
        value={row.role}
        onChange={(event) => {
          const role = offered.find((one) => one === event.currentTarget.value)
          if (role) change({ role })
        }}
      >
        {offered.map((role) => (
          <option key={role} value={role}>
            {t(`common.role_${role}`)}
          </option>
        ))}
      </Select>
      <Button look="plain" icon aria-label={t('people.row_remove', { n })} onClick={remove}>
        <Icon name="x" />
      </Button>
      {refusal && (
        <p className="error" id={`${name}-e`}>
          {refusal}
        </p>
      )}
    </li>
  )
}
