'use client'
import { useCallback, useEffect, useState } from 'react'
import { useLanguage, useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { Check } from '@/app/_ui/check'
import { CopyField } from '@/app/_ui/copy-field'
import { Dialog } from '@/app/_ui/dialog'
import { Field, Input, Select } from '@/app/_ui/field'
import { Moment } from '@/app/_ui/moment'
import { Skeleton } from '@/app/_ui/skeleton'
import { useSubmit } from '@/app/_ui/use-submit'
import { type ShareDays, shareDays } from '@/lib/domain/share'
import { createShare, listShares, revokeShare } from './actions'
import type { ShareDialogProps } from './share-menu'
import './share.css'

type Listed = Extract<Awaited<ReturnType<typeof listShares>>, { ok: true }>['value']

/** Links for readers without an account: make one, see those there are, end them. */
export function LinkDialog({ shared, close }: ShareDialogProps) {
  const t = useWords()
  const language = useLanguage()
  const { workspace, strategyId } = shared
  const [listed, setListed] = useState<Listed | null>(null)
  const [shows, setShows] = useState('live')
  const [days, setDays] = useState<ShareDays>(30)
  const [comments, setComments] = useState(false)
  const [password, setPassword] = useState('')
  const [note, setNote] = useState('')
  const [made, setMade] = useState<string | null>(null)
  const now = Date.now()
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone

  const read = useCallback(async () => {
    const answer = await listShares({ workspace, strategyId }).catch(() => null)
    if (answer?.ok) setListed(answer.value)
  }, [workspace, strategyId])
  useEffect(() => {
    void read()
  }, [read])

  const creating = useSubmit(createShare, ({ path }) => {
    setMade(new URL(path, location.href).href)
    setPassword('')
    setNote('')
    return read()
  })
  const ending = useSubmit(revokeShare, read)
  const create = () =>
    creating.run({
      workspace,
      strategyId,
      shows: shows === 'live' || shows === 'now' ? shows : Number(shows),
      comments,
      days,
      password,
      note,
      language,
    })
  const refusal = creating.refusal ?? ending.refusal
  return (
    <Dialog open onClose={close} title={t('exchange.ui_link_title')} wide sheet>
      <p className="quiet">{t('exchange.ui_link_lead')}</p>
      {made ? (
        <div className="made-link">
          <CopyField label={t('exchange.ui_link_made')} value={made} help={t('exchange.ui_link_once')} />
          <Button size="sm" onClick={() => setMade(null)}>
            {t('exchange.ui_link_another')}
          </Button>
        </div>
      ) : (
        <form
          className="link-form"
          onSubmit={(event) => {
            event.preventDefault()
            void create()
          }}
        >
          <Field label={t('exchange.ui_link_shows')}>
            <Select value={shows} onChange={(event) => setShows(event.currentTarget.value)}>
              <option value="live">{t('exchange.ui_link_shows_live')}</option>
              <option value="now">{t('exchange.ui_link_shows_now')}</option>
              {listed?.versions.map((version) => (
                <option key={version.number} value={version.number}>
                  {t('exchange.ui_link_shows_version', { name: version.name })}
                </option>
              ))}
            </Select>
          </Field>
          <Field label={t('exchange.ui_link_days')}>
            <Select
              value={days}
              onChange={(event) =>
                setDays(shareDays.find((one) => `${one}` === event.currentTarget.value) ?? 30)
              }
            >
              {shareDays.map((one) => (
                <option key={one} value={one}>
                  {t('exchange.ui_link_days_n', { n: one })}
                </option>
              ))}
            </Select>
          </Field>
          <Field
            label={t('exchange.ui_link_password')}
            help={t('exchange.ui_link_password_help')}
            error={creating.refusal?.field === 'password' ? creating.refusal.message : null}
          >
            <Input
              type="text"
              autoComplete="off"
              spellCheck={false}
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
          </Field>
          <Field label={t('exchange.ui_link_note')} help={t('exchange.ui_link_note_help')}>
            <Input maxLength={120} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
          </Field>
          <Check checked={comments} onChange={(event) => setComments(event.currentTarget.checked)}>
            {t('exchange.ui_with_comments')}
          </Check>
          <Button look="ink" type="submit" busy={creating.busy}>
            {t('exchange.ui_link_make')}
          </Button>
        </form>
      )}
      {refusal && refusal.field !== 'password' && (
        <p className="error" role="alert">
          {refusal.message}
        </p>
      )}
      <h3 className="links-head">{t('exchange.ui_links')}</h3>
      {listed === null ? (
        <Skeleton label={t('exchange.ui_links')} lines={['100%', '80%']} />
      ) : listed.shares.length === 0 ? (
        <p className="quiet">{t('exchange.ui_links_none')}</p>
      ) : (
        <ul className="links">
          {listed.shares.map((share) => (
            <li key={share.id}>
              <span>
                <b>{share.note || t('exchange.ui_link_unnamed')}</b>
                <span className="quiet block">
                  {share.version === null
                    ? t('exchange.ui_link_live')
                    : t('exchange.ui_link_fixed', { name: share.version.name ?? `${share.version.number}` })}
                  {share.comments && ` · ${t('exchange.ui_link_has_comments')}`}
                  {share.hasPassword && ` · ${t('exchange.ui_link_has_password')}`}
                </span>
                <span className="quiet block">
                  {share.over ? (
                    t('exchange.ui_link_over')
                  ) : (
                    <>
                      {t('exchange.ui_link_until')}{' '}
                      <Moment at={share.expiresAt} now={now} zone={zone} style="date" />
                    </>
                  )}
                  {' · '}
                  {t('exchange.ui_link_opened', { n: share.opened })}
                  {' · '}
                  {share.maker}
                </span>
              </span>
              <Button
                size="sm"
                look="danger"
                busy={ending.busy}
                aria-label={t('exchange.ui_link_revoke_one', {
                  name: share.note || t('exchange.ui_link_unnamed'),
                })}
                onClick={() => void ending.run({ workspace, strategyId, shareId: share.id })}
              >
                {t('exchange.ui_link_revoke')}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  )
}
