'use client'
import { useState } from 'react'
import { localeOf } from '@/app/_i18n/locale'
import { useWords } from '@/app/_i18n/words-provider'
import { Avatar } from '@/app/_ui/avatar'
import { Button } from '@/app/_ui/button'
import { composing } from '@/app/_ui/keys'
import { toast } from '@/app/_ui/toast'
import { type ItemField, isItemKind, isItemPart, itemFields } from '@/lib/document/items/kinds'
import { whoOf } from '@/lib/domain/who'
import type { ProposalsView, ProposalView } from '@/lib/queries/proposals'
import type { Boot } from '../_editor/boot'
import { discussChange } from './actions'
import type { SuggestActs } from './suggest'

type ChangeOf = NonNullable<ProposalView['changes']>[number]

/** One change: what it says, and what one may do about it. */
export function ChangeCard({
  boot,
  state,
  proposal,
  change,
  acts,
  active,
  by = false,
}: {
  boot: Boot
  state: Pick<ProposalsView, 'mayDecide' | 'mayComment'>
  proposal: ProposalView
  change: ChangeOf
  acts: SuggestActs
  active: boolean
  /** Says whose it is: a card that stands alone. */
  by?: boolean
}) {
  const t = useWords()
  const [busy, setBusy] = useState<'accept' | 'reject' | null>(null)
  const [talking, setTalking] = useState(false)
  const name = proposal.by.name ?? t('suggest.somebody')
  const decide = (accept: boolean) => {
    setBusy(accept ? 'accept' : 'reject')
    void acts.decide(proposal, [change.id], accept).finally(() => setBusy(null))
  }
  const lang = localeOf(boot.strategy.language)
  return (
    <article
      className={`thread sg-card${active ? ' on' : ''}`}
      data-card={change.id}
      data-who={whoOf(proposal.by.userId)}
      tabIndex={-1}
      aria-label={t('suggest.change_by', { name })}
      onKeyDown={(event) => {
        if (composing(event) || event.target !== event.currentTarget || !state.mayDecide) return
        if (event.key === 'a') decide(true)
        else if (event.key === 'r') decide(false)
        else return
        event.preventDefault()
      }}
    >
      {by && (
        <header className="sg-by">
          <Avatar id={proposal.by.userId} name={name} image={proposal.by.image} size="sm" />
          <b>{name}</b>
          {proposal.why && <small>{proposal.why}</small>}
        </header>
      )}
      <button type="button" className="sg-words" lang={lang} onClick={() => acts.choose(change.id)}>
        <What change={change} />
        <Words change={change} />
      </button>
      {talking ? (
        <Talk
          {...{ boot, proposal, change }}
          done={() => {
            setTalking(false)
            void acts.load()
          }}
        />
      ) : (
        <footer className="row acts">
          {state.mayDecide && (
            <>
              <Button size="sm" busy={busy === 'accept'} aria-keyshortcuts="a" onClick={() => decide(true)}>
                {t('suggest.accept')}
              </Button>
              <Button
                size="sm"
                look="plain"
                busy={busy === 'reject'}
                aria-keyshortcuts="r"
                onClick={() => decide(false)}
              >
                {t('suggest.reject')}
              </Button>
            </>
          )}
          {change.threadId ? (
            <Button size="sm" look="plain" onClick={() => goToThread(boot, change.threadId ?? '')}>
              {t('suggest.discussion')}
            </Button>
          ) : (
            state.mayComment && (
              <Button size="sm" look="plain" onClick={() => setTalking(true)}>
                {t('suggest.discuss')}
              </Button>
            )
          )}
        </footer>
      )}
    </article>
  )
}

function Words({ change }: { change: ChangeOf }) {
  const { kind, removed, added, lead, tail } = change
  const near = kind === 'words' || kind === 'look'
  return (
    <span className="sg-text">
      {near && lead !== '' && <span>…{lead.replace(/^[\s.,;:!?。，；：！？]+/, '')}</span>}
      {kind === 'look' || kind === 'move' ? (
        <span className="sg-same">{added || removed}</span>
      ) : (
        <>
          {removed !== '' && <del>{removed}</del>}
          {removed !== '' && added !== '' && ' '}
          {added !== '' && <ins>{added}</ins>}
        </>
      )}
      {near && tail !== '' && <span>{/[.!?。！？…]$/.test(tail) ? tail : `${tail}…`}</span>}
    </span>
  )
}

/** What kind of change it is, where the words alone do not say. */
function What({ change }: { change: ChangeOf }) {
  const t = useWords()
  const { kind, item } = change
  if (kind === 'words' && !item) return null
  const field = item?.field ?? null
  const named = [
    item && isItemKind(item.kind) && t(`items.kind_${item.kind}`),
    item?.part && isItemPart(item.part) && t(`items.part_${item.part}`),
    field !== null && (Object.hasOwn(itemFields, field) ? t(`items.field_${field as ItemField}`) : field),
    (kind !== 'words' && kind !== 'field') || !item ? t(`suggest.kind_${kind}`) : null,
  ]
  return <span className="sg-what">{named.filter(Boolean).join(' · ')}</span>
}

function Talk({
  boot,
  proposal,
  change,
  done,
}: {
  boot: Boot
  proposal: ProposalView
  change: ChangeOf
  done: () => void
}) {
  const t = useWords()
  const [text, setText] = useState('')
  const [busy, setBusy] = useState(false)
  const send = async () => {
    if (busy || text.trim() === '') return
    setBusy(true)
    try {
      const answer = await discussChange({
        workspace: boot.workspace,
        proposalId: proposal.id,
        changeId: change.id,
        text,
      })
      if (answer.ok) done()
      else toast({ text: answer.message })
    } catch {
      toast({ text: t('common.no_answer') })
    } finally {
      setBusy(false)
    }
  }
  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <textarea
        className="input"
        // biome-ignore lint/a11y/noAutofocus: it opens by the button that asks for it
        autoFocus
        rows={2}
        aria-label={t('suggest.discuss')}
        placeholder={t('suggest.discuss_placeholder')}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (composing(event)) return
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault()
            void send()
          }
          if (event.key === 'Escape') {
            event.stopPropagation()
            done()
          }
        }}
      />
      <div className="composer-acts">
        <Button size="sm" look="plain" onClick={done}>
          {t('common.cancel')}
        </Button>
        <Button size="sm" look="ink" type="submit" busy={busy}>
          {t('suggest.send')}
        </Button>
      </div>
    </form>
  )
}

/** To the thread beside its words where they stand on the page; else to the page that opens it. */
function goToThread(boot: Boot, thread: string): void {
  const mark = document.querySelector<HTMLElement>(`main.page mark.c[data-thread="${CSS.escape(thread)}"]`)
  if (!mark) {
    location.assign(`/${boot.workspace}/strategy/${boot.strategy.id}?thread=${thread}`)
    return
  }
  mark.scrollIntoView({ block: 'center', behavior: 'instant' })
  mark.click()
}
