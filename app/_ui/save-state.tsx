'use client'
import type { SaveState as State } from '@/lib/collab/client/save-state'
import type { Say } from '../_i18n/say'
import { useWords } from '../_i18n/words-provider'

/** The save state in words, with its mark. Read out only when it turns bad or good again, not at every keystroke. */
export function SaveState({ state }: { state: State }) {
  const t = useWords()
  const kind = markOf(state)
  return (
    <>
      <span className="save" data-s={kind === 'saved' ? undefined : kind} aria-hidden="true">
        {sayState(t, state)}
      </span>
      <span className="vh" role="status">
        {kind === 'saving' ? '' : sayState(t, state)}
      </span>
    </>
  )
}

function markOf(state: State): 'saved' | 'saving' | 'offline' | 'failed' {
  switch (state.kind) {
    case 'saved':
      return 'saved'
    case 'connecting':
    case 'saving':
      return 'saving'
    case 'offline':
      return 'offline'
    case 'read_only':
      return state.pending > 0 ? 'failed' : 'saving'
    default:
      return 'failed'
  }
}

/** What the state says to the person. */
export function sayState(t: Say, state: State): string {
  switch (state.kind) {
    case 'connecting':
      return t('common.save_connecting')
    case 'saved':
      return t('common.save_saved')
    case 'saving':
      return t('common.save_saving')
    case 'offline':
      if (state.pending === 0) return t('common.save_offline_clean')
      return t(state.kept ? 'common.save_offline_kept' : 'common.save_offline_lost', { n: state.pending })
    case 'not_saved':
      return t(state.kept ? 'common.save_not_saved_kept' : 'common.save_not_saved_lost')
    case 'refused':
      return t(state.reason === 'too_large' ? 'common.save_too_large' : 'common.save_not_accepted')
    case 'read_only':
      return state.pending > 0
        ? t('common.save_read_only_kept', { n: state.pending })
        : t('common.save_read_only')
    case 'revoked':
      if (state.reason === 'wrong_origin') return t('common.save_wrong_origin')
      return t(state.reason === 'not_signed_in' ? 'common.save_signed_out' : 'common.save_revoked')
    case 'outdated':
      return t('common.save_outdated')
  }
}
