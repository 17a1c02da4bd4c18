'use client'
import type { ReactNode } from 'react'
import { Button } from '@/app/_ui/button'
import { useSignOut } from '@/app/[workspace]/_shell/sign-out'

/** Ends the session, so that the invitation can be opened as somebody else. */
export function SignOutHere({ userId, children }: { userId: string; children: ReactNode }) {
  return (
    <Button look="ink" size="lg" onClick={useSignOut(userId)}>
      {children}
    </Button>
  )
}
