'use client'
import { useRouter } from 'next/navigation'
import { useEffect, useId, useMemo, useRef, useState } from 'react'
import { usePreferences } from '@/app/_i18n/preferences'
import { useLanguage, useWords } from '@/app/_i18n/words-provider'
import { Icon } from '@/app/_ui/icon'
import { composing, keyName } from '@/app/_ui/keys'
import type { Places } from '@/lib/queries/shell'
import { boardHref } from '../boards/board-href'
import type { Here } from './commands'
import { openShortcuts } from './layers'
import { rank } from './matching'
import { placesOf } from './nav'
import { useSignOut } from './sign-out'

interface Entry {
  readonly key: string
  readonly group: string
  readonly label: string
  readonly keywords?: string
  readonly hint?: string
  readonly href?: string
  readonly run?: () => unknown
}

/** More than one looks through; typing another letter is faster. */
const MOST = 12

/** Search or jump: actions, places, strategies and people of this workspace, by name, pinyin or initials. */
export function Palette({ here, onClose }: { here: Here; onClose: () => void }) {
  const t = useWords()
  const router = useRouter()
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  const [query, setQuery] = useState('')
  const [at, setAt] = useState(0)
  const entries = useEntries(here)

  useEffect(() => {
    const element = dialog.current
    const before = document.activeElement
    element?.showModal()
    return () => {
      element?.close()
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [])

  const found = useMemo(() => {
    const ranked = entries
      .map((entry, place) => ({ entry, place, rank: rank(query, entry.label, entry.keywords) }))
      .filter((candidate) => candidate.rank > 0)
    if (query.trim() === '') return ranked.slice(0, MOST).map(({ entry }) => entry)
    const best = ranked
      .sort((a, b) => b.rank - a.rank || a.place - b.place)
      .slice(0, MOST)
      .map(({ entry }) => entry)
    // In the order they are drawn, or the arrows would jump.
    return [...groupsOf(best).values()].flat()
  }, [entries, query])
  const chosen = Math.min(at, found.length - 1)

  const active = found[chosen] && `${id}-${found[chosen].key}`
  useEffect(() => {
    if (active) document.getElementById(active)?.scrollIntoView({ block: 'nearest' })
  }, [active])

  const take = (entry: Entry | undefined) => {
    if (!entry) return
    onClose()
    if (entry.href !== undefined) router.push(entry.href)
    else entry.run?.()
  }

  return (
    <dialog
      ref={dialog}
      className="dialog palette menu"
      aria-label={t('shell.ui_find')}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onPointerDown={(event) => {
        if (event.target === dialog.current) onClose()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && composing(event)) event.preventDefault()
      }}
    >
      <div className="query">
        <Icon name="search" />
        <input
          type="text"
          role="combobox"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={active}
          aria-autocomplete="list"
          aria-label={t('shell.ui_find')}
          placeholder={t('shell.ui_find')}
          autoComplete="off"
          spellCheck={false}
          enterKeyHint="go"
          value={query}
          onChange={(event) => {
            setQuery(event.target.value)
            setAt(0)
          }}
          onKeyDown={(event) => {
            switch (keyName(event)) {
              case 'ArrowDown':
                setAt((chosen + 1) % Math.max(found.length, 1))
                break
              case 'ArrowUp':
                setAt((chosen - 1 + found.length) % Math.max(found.length, 1))
                break
              case 'Enter':
                take(found[chosen])
                break
              case 'Mod+k':
                onClose()
                break
              default:
                return
            }
            event.preventDefault()
          }}
        />
      </div>
      <div id={`${id}-list`} role="listbox" aria-label={t('shell.ui_find')} tabIndex={-1}>
        {[...groupsOf(found)].map(([group, some]) => (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset is no part of a listbox
          <div key={group} role="group" aria-labelledby={`${id}-${group}`}>
            <div className="cap" id={`${id}-${group}`} role="presentation">
              {group}
            </div>
            {some.map((entry) => (
              <div
                key={entry.key}
                id={`${id}-${entry.key}`}
                role="option"
                tabIndex={-1}
                aria-selected={entry === found[chosen]}
                onPointerMove={() => setAt(found.indexOf(entry))}
                onClick={() => take(entry)}
                onKeyDown={() => undefined}
              >
                <span className="grow">{entry.label}</span>
                {entry.hint && <span className="hint">{entry.hint}</span>}
              </div>
            ))}
          </div>
        ))}
      </div>
      {found.length === 0 && <p className="nothing">{t('shell.ui_nothing', { query: query.trim() })}</p>}
      <p className="vh" role="status">
        {t('shell.ui_found', { n: found.length })}
      </p>
      <div className="foot" aria-hidden="true">
        <span>
          <kbd>↑</kbd> <kbd>↓</kbd> {t('shell.ui_choose')}
        </span>
        <span>
          <kbd>Enter</kbd> {t('shell.ui_open')}
        </span>
        <span>
          <kbd>Esc</kbd> {t('shell.ui_leave')}
        </span>
      </div>
    </dialog>
  )
}

/** Entries of one group together, the group of the best one first. */
function groupsOf(entries: readonly Entry[]): Map<string, Entry[]> {
  const groups = new Map<string, Entry[]>()
  for (const entry of entries) groups.set(entry.group, [...(groups.get(entry.group) ?? []), entry])
  return groups
}

function useEntries(here: Here): readonly Entry[] {
  const t = useWords()
  const language = useLanguage()
  const prefer = usePreferences()
  const signOut = useSignOut(here.userId)
  const [more, setMore] = useState<Places | null>(null)

  useEffect(() => {
    const asked = new AbortController()
    fetch(`/api/workspaces/${here.slug}/places`, { signal: asked.signal })
      .then((response) => (response.ok ? response.json() : null))
      .then((places: Places | null) => setMore(places))
      // Without it the palette still knows its own entries.
      .catch(() => undefined)
    return () => asked.abort()
  }, [here.slug])

  return useMemo(() => {
    const to = placesOf(here.slug)
    const place = (name: keyof ReturnType<typeof placesOf>, hint?: string): Entry => ({
      key: name,
      group: t('shell.ui_places'),
      label: t(`shell.ui_${name}`),
      keywords: t(`shell.ui_kw_${name}`),
      href: to[name],
      ...(hint && { hint }),
    })
    const act = (name: string, label: string, keywords: string, rest: Partial<Entry>): Entry => ({
      key: name,
      group: t('shell.ui_actions'),
      label,
      keywords,
      ...rest,
    })
    const { mayCreate, mayInvite } = here
    const all: (Entry | false)[] = [
      place('home', 'G H'),
      place('strategy', 'G S'),
      place('boards', 'G B'),
      place('coherence', 'G C'),
      place('reviews', 'G R'),
      place('quarters', 'G Q'),
      place('measures', 'G M'),
      place('work', 'G W'),
      place('members', 'G P'),
      place('departments'),
      place('settings', 'G ,'),
      mayCreate &&
        act('new', t('shell.ui_new_strategy'), t('shell.ui_kw_new_strategy'), {
          href: `${to.strategy}?new=1`,
          hint: 'C',
        }),
      mayInvite &&
        act('invite', t('shell.ui_invite'), t('shell.ui_kw_invite'), { href: `${to.members}#invite` }),
      act('light', t('shell.ui_go_light'), t('shell.ui_kw_light'), { run: () => prefer({ theme: 'light' }) }),
      act('dark', t('shell.ui_go_dark'), t('shell.ui_kw_dark'), { run: () => prefer({ theme: 'dark' }) }),
      act('system', t('shell.ui_go_system'), t('shell.ui_kw_system'), { run: () => prefer({ theme: null }) }),
      act('language', t('shell.ui_go_language'), t('shell.ui_kw_language'), {
        run: () => prefer({ language: language === 'zh' ? 'en' : 'zh' }),
      }),
      act('shortcuts', t('shell.ui_shortcuts'), t('shell.ui_kw_shortcuts'), {
        run: openShortcuts,
        hint: '?',
      }),
      act('account', t('shell.ui_profile'), t('shell.ui_kw_account'), { href: '/account' }),
      act('sign-out', t('shell.ui_sign_out'), t('shell.ui_kw_sign_out'), { run: signOut }),
      act('workspaces', t('shell.ui_all_workspaces'), t('shell.ui_kw_workspaces'), { href: '/workspaces' }),
      act('new-workspace', t('shell.ui_new_workspace'), t('shell.ui_kw_new_workspace'), { href: '/new' }),
    ]
    return [
      ...all.filter((entry) => entry !== false),
      ...(more?.strategies ?? []).map(({ id, title }) => ({
        key: id,
        group: t('shell.ui_strategies'),
        label: title,
        href: `${to.strategy}/${id}`,
      })),
      ...(more?.boards ?? []).map((board) => ({
        key: board.boardId,
        group: t('shell.ui_boards'),
        label: board.name ?? (board.kind ? t(`common.department_${board.kind}`) : ''),
        ...(board.kind && { keywords: t(`shell.ui_kw_board_${board.kind}`) }),
        href: boardHref(here.slug, board),
      })),
      ...(more?.measures ?? []).map(({ id, name }) => ({
        key: id,
        group: t('shell.ui_measures'),
        label: name,
        href: `${to.measures}/${id}`,
      })),
      ...(more?.people ?? []).map(({ id, name, role }) => ({
        key: id,
        group: t('shell.ui_people'),
        label: name,
        hint: t(`common.role_${role}`),
        href: `${to.members}#${id}`,
      })),
    ]
  }, [here, language, more, prefer, signOut, t])
}
