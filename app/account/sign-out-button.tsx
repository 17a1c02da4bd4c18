'use client'
import { useState } from 'react'
import { Button } from '@/app/_ui/button'
import { useSignOut } from '@/app/[workspace]/_shell/sign-out'

export function SignOutButton({ userId, label }: { userId: string; label: string }) {
  const signOut = useSignOut(userId)
  const [going, setGoing] = useState(false)
  return (
    <Button
      size="sm"
      busy={going}
      onClick={() => {
        setGoing(true)
        signOut().finally(() => setGoing(false))
      }}
    >
      {label}
    </Button>
  )
}
