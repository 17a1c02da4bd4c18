'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { ConfirmButton } from '@/app/_ui/confirm-button'
import { CopyField } from '@/app/_ui/copy-field'
import { useSubmit } from '@/app/_ui/use-submit'
import { closeFeed, openFeed } from './actions'

interface Calendar {
  readonly workspace: string
  readonly name: string
  /** When its address was made, in words; null: there is none. */
  readonly since: string | null
}

/** For each workspace a secret address that a calendar program can read. */
export function Calendars({ calendars }: { calendars: readonly Calendar[] }) {
  return (
    <ul className="calendars">
      {calendars.map((calendar) => (
        <li key={calendar.workspace}>
          <One {...calendar} />
        </li>
      ))}
    </ul>
  )
}

function One({ workspace, name, since }: Calendar) {
  const t = useWords()
  const router = useRouter()
  const [link, setLink] = useState<string | null>(null)
  const { run, busy, refusal } = useSubmit(openFeed, (made: { link: string }) => {
    setLink(made.link)
    router.refresh()
  })
  return (
    <>
      <div className="of">
        <div>
          <b>{name}</b>
          <span className="quiet">
            {since === null ? t('calendar.ui_none') : t('calendar.ui_since', { day: since })}
          </span>
        </div>
        {since === null ? (
          <Button size="sm" busy={busy} onClick={() => void run({ workspace })}>
            {t('calendar.ui_open')} <span className="vh">{name}</span>
          </Button>
        ) : (
          <span className="row">
            <ConfirmButton
              size="sm"
              look="outline"
              action={openFeed}
              input={{ workspace }}
              title={t('calendar.ui_renew_title')}
              body={t('calendar.ui_renew_body')}
              confirm={t('calendar.ui_renew')}
              done={(made) => {
                setLink(made.link)
                router.refresh()
              }}
            >
              {t('calendar.ui_renew')} <span className="vh">{name}</span>
            </ConfirmButton>
            <ConfirmButton
              size="sm"
              action={closeFeed}
              input={{ workspace }}
              title={t('calendar.ui_end_title')}
              body={t('calendar.ui_end_body')}
              confirm={t('calendar.ui_end')}
              done={() => {
                setLink(null)
                router.refresh()
              }}
            >
              {t('calendar.ui_end')} <span className="vh">{name}</span>
            </ConfirmButton>
          </span>
        )}
      </div>
      {refusal && (
        <p className="error" role="alert">
          {refusal.message}
        </p>
      )}
      {link !== null && since !== null && (
        <CopyField label={t('calendar.ui_address')} value={link} help={t('calendar.ui_address_help')} />
      )}
    </>
  )
}
