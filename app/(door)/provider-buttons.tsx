'use client'
import { useState } from 'react'
import { Button } from '@/app/_ui/button'

/** Signing in elsewhere: next-auth answers with the provider's address, and the page goes there. */
export function ProviderButtons({
  providers,
  next,
  failed,
}: {
  providers: readonly { readonly id: string; readonly label: string }[]
  next: string
  /** What to say when the server does not answer. */
  failed: string
}) {
  const [going, setGoing] = useState<string | null>(null)
  const [error, setError] = useState(false)
  const go = async (id: string) => {
    setGoing(id)
    setError(false)
    try {
      const { csrfToken } = await (await fetch('/api/auth/csrf')).json()
      const answer = await fetch(`/api/auth/signin/${id}`, {
        method: 'POST',
        body: new URLSearchParams({ csrfToken, callbackUrl: next, json: 'true' }),
      })
      const { url } = await answer.json()
      window.location.assign(url)
    } catch {
      setGoing(null)
      setError(true)
    }
  }
  return (
    <>
      {providers.map(({ id, label }) => (
        <Button key={id} size="lg" busy={going === id} onClick={() => go(id)}>
          {label}
        </Button>
      ))}
      {error && (
        <p className="error" role="alert">
          {failed}
        </p>
      )}
    </>
  )
}
