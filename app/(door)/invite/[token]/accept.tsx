'use client'
import { useRouter } from 'next/navigation'
import type { ReactNode } from 'react'
import { Submit, SubmitForm } from '@/app/_ui/submit-form'
import { acceptInvitation } from './actions'

/** The button that joins. What is refused is said beside it. */
export function Accept({ token, children }: { token: string; children: ReactNode }) {
  const router = useRouter()
  return (
    <SubmitForm
      action={acceptInvitation}
      values={{ token }}
      // The address of this page is a key: it should not stay in the browser's history behind the workspace.
      done={({ slug }) => router.replace(`/${slug}`)}
    >
      <Submit size="lg">{children}</Submit>
    </SubmitForm>
  )
}
