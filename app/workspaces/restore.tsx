'use client'
import { useRouter } from 'next/navigation'
import type { ReactNode } from 'react'
import { Submit, SubmitForm } from '@/app/_ui/submit-form'
import { restoreWorkspace } from './actions'

/** Brings a deleted workspace back and goes there. */
export function Restore({ id, name, children }: { id: string; name: string; children: ReactNode }) {
  const router = useRouter()
  return (
    <SubmitForm
      action={restoreWorkspace}
      values={{ workspaceId: id }}
      done={({ slug }) => router.push(`/${slug}`)}
    >
      <Submit look="outline" size="sm">
        {children} <span className="vh">{name}</span>
      </Submit>
    </SubmitForm>
  )
}
