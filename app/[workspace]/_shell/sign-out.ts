'use client'
import { useCallback } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { toast } from '@/app/_ui/toast'

/**
 * Ends this session, and removes what this browser kept of the user's strategies: the next person at this machine is
 * somebody else. Asks first when that would lose changes that never reached the server.
 */
export function useSignOut(userId: string): () => Promise<void> {
  const t = useWords()
  return useCallback(async () => {
    const { forgetUser, unsentChanges } = await import('@/lib/collab/client')
    // Without IndexedDB (private mode) nothing was kept, so nothing can be lost.
    const unsent = await unsentChanges(userId).catch(() => 0)
    if (unsent > 0 && !window.confirm(t('common.sign_out_unsent', { n: unsent }))) return
    if (!(await endSession())) return toast({ text: t('common.no_answer') })
    await forgetUser(userId).catch(() => undefined)
    window.location.assign('/sign-in')
  }, [t, userId])
}

/** As next-auth wants it: a form with its token. False when the server did not answer. */
async function endSession(): Promise<boolean> {
  try {
    const given = await fetch('/api/auth/csrf')
    const { csrfToken } = (await given.json()) as { csrfToken: string }
    const ended = await fetch('/api/auth/signout', {
      method: 'POST',
      body: new URLSearchParams({ csrfToken, json: 'true', callbackUrl: '/sign-in' }),
    })
    return ended.ok
  } catch {
    return false
  }
}
