'use client'
import { useEffect, useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Late, latePart } from '@/app/_ui/late'
import { Menu } from '@/app/_ui/menu'
import { MenuItem } from '@/app/_ui/menu-items'
import type { Boot } from '../_editor/boot'
import type { Session } from '../_editor/session'

const naming = latePart(() => import('./name-version').then((module) => module.NameDialog))

/** Which version the page shows, and the way to all that is done with versions. */
export function VersionLink({
  workspace,
  strategyId,
  session,
  boot,
  mayName,
}: {
  workspace: string
  strategyId: string
  session: Session | null
  boot: Pick<Boot, 'version' | 'kept' | 'mode'>
  mayName: boolean
}) {
  const t = useWords()
  const [asking, setAsking] = useState(false)
  const number = useVersionNumber(session, boot)
  const path = `/${workspace}/strategy/${strategyId}`
  return (
    <>
      <Menu
        label={t('versions.ui_link_label', { number })}
        trigger={t('versions.ui_link', { number })}
        triggerClassName="version-link"
      >
        <MenuItem href={`${path}/versions`}>{t('versions.ui_see')}</MenuItem>
        {mayName && <MenuItem onSelect={() => setAsking(true)}>{t('versions.ui_name_now')}</MenuItem>}
        <MenuItem href={`${path}/versions/replay`}>{t('versions.ui_replay')}</MenuItem>
        <MenuItem href={`${path}/compare`}>{t('versions.ui_drafts')}</MenuItem>
      </Menu>
      {asking && (
        <Late part={naming} missed={() => setAsking(false)}>
          {(NameDialog) => (
            <NameDialog
              workspace={workspace}
              strategyId={strategyId}
              version="now"
              name={null}
              close={() => setAsking(false)}
            />
          )}
        </Late>
      )}
    </>
  )
}

/** The version the text is, or will be when it is kept: counted on when somebody writes, or when one is kept. */
function useVersionNumber(session: Session | null, boot: Pick<Boot, 'version' | 'kept' | 'mode'>): number {
  const [known, setKnown] = useState({ number: boot.version, kept: boot.kept })
  useEffect(() => {
    if (!session) return
    const stopHearing = session.listenTo((event) => {
      if (typeof event !== 'object' || event === null || !('type' in event)) return
      if (event.type !== 'versions.changed' || !('number' in event)) return
      const { number } = event
      if (typeof number === 'number') setKnown({ number, kept: true })
    })
    // What one writes in a proposal is not in the strategy.
    const stopReading =
      boot.mode === 'suggest'
        ? null
        : session.onWritten(() =>
            setKnown((now) => (now.kept ? { number: now.number + 1, kept: false } : now)),
          )
    return () => {
      stopHearing()
      stopReading?.()
    }
  }, [session, boot.mode])
  return known.number
}
