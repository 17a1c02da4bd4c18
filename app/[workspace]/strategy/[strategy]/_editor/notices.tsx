'use client'
import { formatMoment } from '@/app/_i18n/time'
import { useLanguage, useWords } from '@/app/_i18n/words-provider'
import { Banner } from '@/app/_ui/banner'
import { Button, LinkButton } from '@/app/_ui/button'
import { toast } from '@/app/_ui/toast'
import { restoreStrategy } from '../../actions'
import type { Boot } from './boot'
import type { Saving } from './saving'
import type { Session, SessionState } from './session'
import { useStore } from './use-store'

const unsaved: Saving = { save: { kind: 'connecting', pending: 0, kept: true }, holding: false }

/** What hinders writing, in a sentence and with the one thing that helps. It lies over the page and moves nothing. */
export function Notices({
  boot,
  state,
  session,
  failed,
}: {
  boot: Boot
  state: SessionState
  session: Session | null
  /** The editor's own script did not come. */
  failed: boolean
}) {
  const t = useWords()
  const language = useLanguage()
  const time = formatMoment(language, 'time', boot.readAt, { now: boot.readAt, zone: boot.zone })
  const reload = (
    <Button size="sm" onClick={() => location.reload()}>
      {t('editor.reload')}
    </Button>
  )
  const { save } = useStore(session?.saving ?? null, unsaved)
  if (failed)
    return (
      <Banner kind="attention" live action={reload}>
        {t('editor.failed', { time })}
      </Banner>
    )
  if (state.phase === 'broken')
    return (
      <Banner kind="danger" live action={reload}>
        {t('editor.broken')}
      </Banner>
    )
  switch (save.kind) {
    case 'revoked':
      return save.reason === 'not_signed_in' ? (
        <Banner
          kind="danger"
          live
          action={
            <LinkButton size="sm" href={`/sign-in?next=/${boot.workspace}/strategy/${boot.strategy.id}`}>
              {t('editor.sign_in')}
            </LinkButton>
          }
        >
          {t('editor.signed_out')}
        </Banner>
      ) : (
        <Banner kind="danger" live>
          {save.reason === 'wrong_origin' ? t('editor.wrong_origin') : t('editor.revoked')}
        </Banner>
      )
    case 'outdated':
      return (
        <Banner kind="attention" live action={reload}>
          {save.pending > 0 ? t('editor.outdated_kept', { n: save.pending }) : t('editor.outdated')}
        </Banner>
      )
    case 'refused':
      return (
        <Banner
          kind="danger"
          live
          action={
            <Button
              size="sm"
              onClick={() => {
                void navigator.clipboard
                  .writeText(session?.plainText() ?? '')
                  .then(() => toast({ text: t('editor.copied') }))
              }}
            >
              {t('editor.copy_text')}
            </Button>
          }
        >
          {t('editor.refused')}
        </Banner>
      )
    case 'read_only':
      if (save.pending > 0)
        return (
          <Banner kind="attention" live>
            {t('editor.demoted', { n: save.pending })}
          </Banner>
        )
  }
  if (state.slow)
    return (
      <Banner
        kind="attention"
        live
        action={
          <Button size="sm" onClick={() => session?.retry()}>
            {t('editor.retry')}
          </Button>
        }
      >
        {t('editor.slow', { time })}
      </Banner>
    )
  return null
}

/** Above the text from the beginning: an archived strategy is read. */
export function Shelved({ boot }: { boot: Boot }) {
  const t = useWords()
  const { status, id } = boot.strategy
  if (status === 'active') return null
  const restore = async () => {
    const answer = await restoreStrategy({ workspace: boot.workspace, strategyId: id })
    if (!answer.ok) toast({ text: answer.message })
    // The page is made anew: what one may do here has changed as a whole.
    else location.reload()
  }
  return (
    <Banner
      kind="attention"
      icon="lock"
      action={
        boot.mayRestore && (
          <Button size="sm" onClick={() => void restore()}>
            {t('editor.restore')}
          </Button>
        )
      }
    >
      {t(status === 'archived' ? 'editor.archived' : 'editor.trashed')}
    </Banner>
  )
}
