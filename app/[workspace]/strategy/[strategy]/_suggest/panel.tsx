'use client'
import { useEffect, useRef, useState } from 'react'
import { formatMoment } from '@/app/_i18n/time'
import { useLanguage, useWords } from '@/app/_i18n/words-provider'
import { Avatar } from '@/app/_ui/avatar'
import { Button } from '@/app/_ui/button'
import { ConfirmButton } from '@/app/_ui/confirm-button'
import { Icon } from '@/app/_ui/icon'
import { composing } from '@/app/_ui/keys'
import { toast } from '@/app/_ui/toast'
import type { ProposalView } from '@/lib/queries/proposals'
import type { Boot } from '../_editor/boot'
import { explainProposal, rejectProposal, withdrawProposal } from './actions'
import { ChangeCard } from './change-card'
import type { ProposalsState } from './proposal-store'
import type { SuggestActs } from './suggest'

/** All that is proposed, change by change: walked by arrows, decided by a and r. */
export function Panel({
  boot,
  state,
  proposals,
  active,
  acts,
  shown,
  show,
  close,
}: {
  boot: Boot
  state: ProposalsState
  proposals: readonly ProposalView[]
  active: string | null
  acts: SuggestActs
  shown: boolean
  show: (on: boolean) => void
  close: () => void
}) {
  const t = useWords()
  const element = useRef<HTMLElement>(null)
  useEffect(() => element.current?.focus({ preventScroll: true }), [])
  useEffect(() => {
    if (active === null) return
    const card = element.current?.querySelector<HTMLElement>(`[data-card="${CSS.escape(active)}"]`)
    card?.scrollIntoView({ block: 'nearest' })
    if (element.current?.contains(document.activeElement)) card?.focus({ preventScroll: true })
  }, [active])
  const ids = proposals.flatMap(({ changes }) => (changes ?? []).map(({ id }) => id))
  return (
    <aside
      ref={element}
      className="threads-panel sg-panel"
      tabIndex={-1}
      aria-label={t('suggest.panel')}
      onKeyDown={(event) => {
        if (composing(event) || event.defaultPrevented) return
        if (event.key === 'Escape') {
          event.stopPropagation()
          close()
          return
        }
        const typing = event.target instanceof Element && event.target.closest('input, textarea')
        const way = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
        if (typing || way === 0 || ids.length === 0) return
        event.preventDefault()
        const at = active === null ? -1 : ids.indexOf(active)
        const next = at < 0 ? (way === 1 ? 0 : ids.length - 1) : (at + way + ids.length) % ids.length
        acts.choose(ids[next] ?? null)
      }}
    >
      <header>
        <h2>{t('suggest.panel')}</h2>
        <label className="check sg-shown">
          <input type="checkbox" checked={shown} onChange={(event) => show(event.target.checked)} />
          {t('suggest.show')}
        </label>
        <Button look="plain" icon size="sm" aria-label={t('common.close')} onClick={close}>
          <Icon name="x" />
        </Button>
      </header>
      {state.phase === 'failed' && (
        <p className="nothing">
          {t('suggest.failed')}{' '}
          <Button size="sm" onClick={() => void acts.load()}>
            {t('suggest.again')}
          </Button>
        </p>
      )}
      {proposals.map((proposal) => (
        <One key={proposal.id} {...{ boot, state, proposal, active, acts }} />
      ))}
      {state.phase === 'ready' && proposals.length === 0 && <p className="nothing">{t('suggest.empty')}</p>}
      {boot.mode !== 'suggest' && <Ended boot={boot} state={state} />}
    </aside>
  )
}

function One({
  boot,
  state,
  proposal,
  active,
  acts,
}: {
  boot: Boot
  state: ProposalsState
  proposal: ProposalView
  active: string | null
  acts: SuggestActs
}) {
  const t = useWords()
  const language = useLanguage()
  const { by, changes } = proposal
  const name = by.name ?? t('suggest.somebody')
  const ids = (changes ?? []).map(({ id }) => id)
  const [busy, setBusy] = useState(false)
  return (
    <section className="sg-proposal" aria-label={t('suggest.by', { name })}>
      <header className="sg-by">
        <Avatar id={by.userId} name={name} image={by.image} size="sm" />
        <b>{name}</b>
        <time dateTime={new Date(proposal.at).toISOString()}>
          {formatMoment(language, 'near', proposal.at, { now: Date.now(), zone: boot.zone })}
        </time>
      </header>
      {proposal.mine ? (
        <Why boot={boot} proposal={proposal} done={acts.load} />
      ) : (
        proposal.why && <p className="sg-why">{proposal.why}</p>
      )}
      {changes === null && <p className="nothing">{t('suggest.unreadable')}</p>}
      {changes?.map((change) => (
        <ChangeCard
          key={change.id}
          {...{ boot, state, proposal, change, acts }}
          active={change.id === active}
        />
      ))}
      {proposal.mine && ids.length === 0 && <p className="nothing">{t('suggest.mine_empty')}</p>}
      {ids.length > 0 && (
        <footer className="row sg-all">
          {state.mayDecide && (
            <>
              <Button
                size="sm"
                look="ink"
                busy={busy}
                onClick={() => {
                  setBusy(true)
                  void acts.decide(proposal, ids, true).finally(() => setBusy(false))
                }}
              >
                {t('suggest.accept_all', { n: ids.length })}
              </Button>
              <ConfirmButton
                size="sm"
                look="plain"
                action={rejectProposal}
                input={{ workspace: boot.workspace, proposalId: proposal.id }}
                title={t('suggest.reject_all_title')}
                body={t('suggest.reject_all_body', { name })}
                confirm={t('suggest.reject_all')}
                done={acts.load}
              >
                {t('suggest.reject_all')}
              </ConfirmButton>
            </>
          )}
          {proposal.mine && (
            <ConfirmButton
              size="sm"
              look="plain"
              action={withdrawProposal}
              input={{ workspace: boot.workspace, proposalId: proposal.id }}
              title={t('suggest.withdraw_title')}
              body={t('suggest.withdraw_body')}
              confirm={t('suggest.withdraw')}
              goTo={`/${boot.workspace}/strategy/${boot.strategy.id}`}
            >
              {t('suggest.withdraw')}
            </ConfirmButton>
          )}
        </footer>
      )}
    </section>
  )
}

/** The sentence that says why: kept when one leaves the field. */
function Why({ boot, proposal, done }: { boot: Boot; proposal: ProposalView; done: () => Promise<void> }) {
  const t = useWords()
  const [text, setText] = useState(proposal.why ?? '')
  const keep = async () => {
    if (text.trim() === (proposal.why ?? '')) return
    try {
      const answer = await explainProposal({ workspace: boot.workspace, proposalId: proposal.id, why: text })
      if (!answer.ok) toast({ text: answer.message })
      await done()
    } catch {
      toast({ text: t('common.no_answer') })
    }
  }
  return (
    <input
      className="input sg-whyfield"
      aria-label={t('suggest.why')}
      placeholder={t('suggest.why')}
      value={text}
      maxLength={200}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => void keep()}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !composing(event)) event.currentTarget.blur()
      }}
    />
  )
}

function Ended({ boot, state }: { boot: Boot; state: ProposalsState }) {
  const t = useWords()
  const language = useLanguage()
  if (state.closed.length === 0) return null
  return (
    <details className="sg-ended">
      <summary>{t('suggest.ended', { n: state.closed.length })}</summary>
      {state.closed.map((one) => (
        <section key={one.id}>
          <p>
            <b>{one.by.name ?? t('suggest.somebody')}</b>{' '}
            <span className="badge" data-s="none">
              {t(`suggest.state_${one.state}`)}
            </span>{' '}
            <time dateTime={new Date(one.at).toISOString()}>
              {formatMoment(language, 'near', one.at, { now: Date.now(), zone: boot.zone })}
            </time>
          </p>
          {one.why && <p className="sg-why">{one.why}</p>}
          <ul>
            {one.decisions.map((decision, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a list of what is over never changes
              <li key={i} data-accepted={decision.accepted}>
                <span className="vh">
                  {t(decision.accepted ? 'suggest.was_accepted' : 'suggest.was_rejected')}
                </span>
                {decision.removed !== '' && <del>{decision.removed}</del>}{' '}
                {decision.added !== '' && <ins>{decision.added}</ins>}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </details>
  )
}
