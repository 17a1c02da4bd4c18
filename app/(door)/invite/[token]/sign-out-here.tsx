'use client'
import type { ReactNode } from 'react'
import { signOut } from '@/app/_server/actions/sign-out'
import { Submit, SubmitForm } from '@/app/_ui/submit-form'

/** Ends the session, so that the invitation can be opened as somebody else. */
export function SignOutHere({ children }: { children: ReactNode }) {
  return (
    <SubmitForm action={signOut}>
      <Submit size="lg">{children}</Submit>
    </SubmitForm>
  )
}
