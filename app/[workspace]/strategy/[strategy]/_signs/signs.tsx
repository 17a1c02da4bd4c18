'use client'
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { formatMoment } from '@/app/_i18n/time'
import { useLanguage, useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { initials } from '@/app/_ui/initials'
import { Link } from '@/app/_ui/link'
import { Seal } from '@/app/_ui/seal'
import { toast } from '@/app/_ui/toast'
import type { SignsView } from '@/lib/queries/sign-offs'
import type { Boot } from '../_editor/boot'
import type { Session } from '../_editor/session'
import { signPositioning, takeBack } from './actions'

/** What is typed into a slot is asked about after a pause; milliseconds. */
const PAUSE = 900

/** Under the positioning: who stands behind its present wording, who not yet, and for whom it has changed. */
export function Signs({ boot, session }: { boot: Boot; session: Session }) {
  const t = useWords()
  const language = useLanguage()
  const [view, setView] = useState<SignsView | null>(null)
  const [busy, setBusy] = useState(false)
  const section = useRef<HTMLElement>(null)
  const before = useRef(0)
  const { workspace, strategy } = boot
  const url = `/api/workspaces/${workspace}/strategies/${strategy.id}/signs`
  const load = useCallback(async () => {
    try {
      const response = await fetch(url, { cache: 'no-store' })
      if (!response.ok) return
      const view = (await response.json()) as SignsView
      before.current = document.documentElement.scrollHeight
      setView(view)
    } catch {
      // Asked again with the next change.
    }
  }, [url])
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const soon = () => {
      clearTimeout(timer)
      timer = setTimeout(() => void load(), PAUSE)
    }
    void load()
    const stopEvents = session.listenTo((event) => {
      if (typeof event !== 'object' || event === null || !('type' in event)) return
      if (event.type === 'signs.changed') void load()
      if (event.type === 'items.changed') soon()
    })
    return () => {
      clearTimeout(timer)
      stopEvents()
    }
  }, [load, session])

  const drawn = view !== null && (view.wording !== null || view.people.some(({ signed }) => signed !== null))
  // It comes late: whoever reads the chapter below, led there by an address, goes on reading it where it was.
  useLayoutEffect(() => {
    if (!drawn || !section.current) return
    const bars = document.querySelector('.over .bar')?.getBoundingClientRect().bottom ?? 0
    if (section.current.getBoundingClientRect().top > bars) return
    const grown = document.documentElement.scrollHeight - before.current
    window.scrollBy({ top: grown, behavior: 'instant' })
  }, [drawn])

  if (!drawn) return null
  const behind = view.people.filter(({ signed }) => signed && !signed.changed)
  const mine = view.people.find(({ memberId }) => memberId === view.me)?.signed ?? null
  const newest = behind.reduce((most, { signed }) => Math.max(most, signed?.version ?? 0), 0)
  const act = async (work: () => Promise<{ ok: true } | { ok: false; message: string }>) => {
    if (busy) return
    setBusy(true)
    try {
      const answer = await work()
      if (!answer.ok) toast({ text: answer.message })
      await load()
    } catch {
      toast({ text: t('common.no_answer') })
    } finally {
      setBusy(false)
    }
  }
  const day = (at: number) => formatMoment(language, 'day', at, { now: Date.now(), zone: boot.zone })
  return (
    <>
      <section ref={section} className="signs" aria-label={t('suggest.signs')}>
        <p>
          {behind.length > 0 ? t('suggest.signs_version', { version: newest }) : t('suggest.signs_nobody')}
          <small>{t('suggest.signs_note')}</small>
        </p>
        <ul>
          {view.people.map(({ memberId, name, signed }) => (
            <li key={memberId} data-changed={signed?.changed || undefined} title={name}>
              <Seal state={signed === null ? 'none' : signed.changed ? 'open' : 'full'}>
                {initials(name)}
              </Seal>
              <span className="vh">{name}: </span>
              <small>
                {signed === null
                  ? t('suggest.signs_not_yet')
                  : signed.changed
                    ? t('suggest.signs_changed', { day: day(signed.at) })
                    : day(signed.at)}
              </small>
            </li>
          ))}
        </ul>
      </section>
      {(view.maySign || mine || view.changedSince !== null) && (
        <div className="signs-acts">
          {view.maySign &&
            view.wording !== null &&
            (mine === null || mine.changed) &&
            boot.mode !== 'suggest' && (
              <Button
                size="sm"
                busy={busy}
                onClick={() =>
                  void act(async () => {
                    await session.whenSaved(4_000)
                    const fresh = await fetch(url, { cache: 'no-store' })
                    const now = (await fresh.json()) as SignsView
                    setView(now)
                    return signPositioning({
                      workspace,
                      strategyId: strategy.id,
                      wording: now.wording ?? '',
                      name: t('suggest.sign_version', { day: day(Date.now()) }),
                    })
                  })
                }
              >
                {t(mine?.changed ? 'suggest.sign_again' : 'suggest.sign')}
              </Button>
            )}
          {mine && (
            <Button
              size="sm"
              look="plain"
              busy={busy}
              onClick={() => void act(() => takeBack({ workspace, strategyId: strategy.id }))}
            >
              {t('suggest.sign_take_back')}
            </Button>
          )}
          {view.changedSince !== null && (
            <Link href={`/${workspace}/strategy/${strategy.id}/versions?from=${view.changedSince}&to=now`}>
              {t('suggest.signs_compare', { version: view.changedSince })}
            </Link>
          )}
        </div>
      )}
    </>
  )
}
