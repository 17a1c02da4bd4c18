'use client'
import {
  type ComponentType,
  type PointerEvent,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { useLanguage, useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { Icon } from '@/app/_ui/icon'
import { Menu } from '@/app/_ui/menu'
import { MenuItem } from '@/app/_ui/menu-items'
import { usePageKeys } from '@/app/_ui/page-keys'
import { SaveState } from '@/app/_ui/save-state'
import { CHAPTERS, type TextRoot } from '@/lib/document/roots'
import { partWords } from '../_items/part-words'
import { ShareMenu } from '../_share/share-menu'
import { SignsMount } from '../_signs/mount'
import { SuggestMount } from '../_suggest/mount'
import { ThreadsMount } from '../_threads/mount'
import { VersionLink } from '../_versions/version-link'
import type { Boot } from './boot'
import { ChapterText } from './chapter-text'
import { Notices, Shelved } from './notices'
import { goTo, numeral, OutlineNav } from './outline-nav'
import { PeopleHere } from './people-here'
import { Prompt } from './prompt'
import type { Saving } from './saving'
import type { Session, SessionState } from './session'
import type { Texts } from './texts'
import { Title, type Titled } from './title'
import { useStore } from './use-store'

// Asked for as soon as this very script runs, so that it comes while the page is being taken over.
let coming: Promise<typeof import('./live')> | null = null
function editor(): Promise<typeof import('./live')> {
  coming ??= import('./live').catch((error: unknown) => {
    coming = null
    throw error
  })
  return coming
}
if (typeof window !== 'undefined') editor().catch(() => undefined)

/** Before there is a connection. */
const unopened: SessionState = {
  phase: 'opening',
  slow: false,
  writable: false,
  reader: false,
  people: [],
  following: null,
  canUndo: false,
  canRedo: false,
  title: null,
}

interface Live {
  readonly session: Session
  readonly Method: ComponentType<{ session: Session }>
  readonly Serving: ComponentType<{ boot: Boot; session: Session }>
  readonly Tools: ComponentType<{ session: Session; elementOf: (root: TextRoot) => HTMLElement | null }>
}

/**
 * The strategy's page. Everything here is drawn by the server too and can be read before any script runs; the editor
 * comes afterwards in a script of its own and takes the texts over where they stand.
 */
export function StrategyView({
  boot,
  drawn,
  texts,
}: {
  boot: Boot
  /** See ChapterText. */
  drawn: string
  texts: Texts | null
}) {
  const t = useWords()
  const language = useLanguage()
  const elements = useRef(new Map<TextRoot, HTMLElement>())
  const early = useRef<{ root: TextRoot; x: number; y: number } | null>(null)
  const [live, setLive] = useState<Live | null>(null)
  const [failed, setFailed] = useState(false)
  const [renamed, setRenamed] = useState<Titled>(boot.strategy)
  const [threadsBar, setThreadsBar] = useState<HTMLElement | null>(null)

  const elementOf = useCallback((root: TextRoot) => elements.current.get(root) ?? null, [])
  const [keep] = useState(() => {
    const into = (root: TextRoot) => (element: HTMLElement | null) => {
      if (element) elements.current.set(root, element)
    }
    return {
      preface: into('preface'),
      situation: into('situation'),
      difficulties: into('difficulties'),
      policy: into('policy'),
      activities: into('activities'),
    } satisfies Record<TextRoot, unknown>
  })

  // Opened once: what the server says later comes over the socket, not by drawing the page anew.
  const once = useRef({ boot, t, language })
  useEffect(() => {
    let gone = false
    let session: Session | null = null
    const { boot, t, language } = once.current
    editor().then(
      (module) => {
        if (gone) return
        session = new module.Session({
          strategyId: boot.strategy.id,
          room: boot.room,
          readOnly: boot.mode === 'read',
          workspace: boot.workspace,
          userId: boot.me.userId,
          memberId: boot.me.memberId,
          mayEdit: boot.mayEdit,
          say: t,
          language,
          written: boot.strategy.language,
          zone: boot.zone,
          departments: boot.departments,
          elementOf,
          labelOf: (root) => t('editor.text_of', { chapter: t(`editor.${root}`) }),
          early: () => {
            const at = early.current
            return at && { root: at.root, x: at.x - scrollX, y: at.y - scrollY }
          },
        })
        setLive({ session, Tools: module.LiveTools, Method: module.ReadBack, Serving: module.Serving })
      },
      () => {
        if (!gone) setFailed(true)
      },
    )
    return () => {
      gone = true
      session?.destroy()
    }
  }, [elementOf])

  // A link from a board leads to one item: items have names of their own, not those the browser looks for.
  useEffect(() => {
    const item = /^#(itm_[0-9a-z]{26})$/.exec(location.hash)?.[1]
    if (item) document.querySelector(`[data-id="${item}"]`)?.scrollIntoView({ block: 'center' })
  }, [])

  const pageKeys = useMemo(
    () => [
      { keys: ['Mod', 'F'], words: t('editor.keys_find') },
      ...(boot.mayComment ? [{ keys: ['Mod', 'Alt', 'M'], words: t('threads.keys_comment') }] : []),
      { keys: ['Mod', 'Alt', 'P'], words: t('suggest.keys_next') },
      { keys: ['Mod', 'Alt', 'Shift', 'P'], words: t('suggest.keys_previous') },
      { keys: ['Mod', 'Alt', 'N'], words: t('threads.keys_next') },
      { keys: ['Mod', 'Alt', 'Shift', 'N'], words: t('threads.keys_previous') },
      ...(boot.mayComment ? [{ keys: ['Mod', 'Enter'], words: t('threads.keys_send') }] : []),
      ...(boot.mayEdit
        ? [
            { keys: ['/', '、'], words: t('editor.keys_slash') },
            { keys: ['Mod', 'Z'], words: t('editor.keys_undo') },
            { keys: ['Mod', 'K'], words: t('editor.keys_link') },
            { keys: ['Alt', 'F10'], words: t('editor.keys_tools') },
            { keys: ['Mod', 'Enter'], words: t('items.key_fields') },
            { keys: ['Tab'], words: t('items.key_part') },
            { keys: ['Alt', 'Shift', '↑'], words: t('items.key_move') },
          ]
        : []),
    ],
    [boot.mayEdit, boot.mayComment, t],
  )
  usePageKeys(pageKeys)

  const itemWords = useMemo(() => partWords(t), [t])
  const session = live?.session ?? null
  const state = useStore(session?.state ?? null, unopened)
  const reading = useStore(session?.reading ?? null, null) ?? boot
  const newest = state.title && state.title.revision > renamed.revision ? state.title : renamed

  useEffect(() => {
    const at = document.title.lastIndexOf(' · ')
    document.title = newest.title + (at < 0 ? '' : document.title.slice(at))
  }, [newest.title])

  // Somebody who clicks into the text before the editor is there finds the caret in that place when it is.
  const remember = (event: PointerEvent<HTMLElement>) => {
    if (state.phase !== 'opening' || !(event.target instanceof Element)) return
    const root = event.target.closest<HTMLElement>('[data-root]')?.dataset.root
    const found = root && ([...elements.current.keys()].find((name) => name === root) ?? null)
    early.current = found ? { root: found, x: event.pageX, y: event.pageY } : null
  }

  const isEmpty = (root: TextRoot) => reading.empty.includes(root)
  const prompt = (root: TextRoot) => (boot.mayEdit && isEmpty(root) ? t(`editor.prompt_${root}`) : null)
  const count = {
    words: reading.count.words,
    characters: reading.count.characters,
  }

  return (
    <>
      <section className="over" aria-label={t('editor.bar')}>
        <div className="bar">
          <div className="docname">
            <b>{newest.title}</b>
          </div>
          <VersionLink
            workspace={boot.workspace}
            strategyId={boot.strategy.id}
            {...{ session, boot }}
            mayName={boot.mayEdit}
          />
          <SaveLine session={session} reads={!boot.mayEdit || state.reader} />
          <span className="grow" />
          <PeopleHere
            people={state.people}
            following={state.following}
            follow={(memberId) => session?.followPerson(memberId)}
          />
          {boot.mayEdit && (
            <span className="row steps">
              <Button
                size="sm"
                look="plain"
                icon
                aria-label={t('editor.undo')}
                title={t('editor.undo')}
                disabled={!state.canUndo}
                onPointerDown={(event) => event.preventDefault()}
                onClick={() => session?.undo()}
              >
                <i aria-hidden="true" className="i i-undo" />
              </Button>
              <Button
                size="sm"
                look="plain"
                icon
                aria-label={t('editor.redo')}
                title={t('editor.redo')}
                disabled={!state.canRedo}
                onPointerDown={(event) => event.preventDefault()}
                onClick={() => session?.redo()}
              >
                <i aria-hidden="true" className="i i-redo" />
              </Button>
            </span>
          )}
          <span className="counted num" title={t('editor.count', count)}>
            <span aria-hidden="true">{t('editor.count_short', { words: count.words })}</span>
            <span className="vh">{t('editor.count', count)}</span>
          </span>
          <SuggestMount boot={boot} session={session} />
          <span className="threads-bar" ref={setThreadsBar} />
          <ShareMenu shared={{ ...boot, strategyId: boot.strategy.id, language: boot.strategy.language }} />
          {live && <live.Method session={live.session} />}
          {live && (
            <Button
              size="sm"
              look="plain"
              icon
              aria-label={t('editor.find')}
              title={t('editor.find')}
              onClick={() => document.dispatchEvent(new CustomEvent('strategy:find'))}
            >
              <Icon name="search" />
            </Button>
          )}
          <span className="to-chapters">
            <Menu
              label={t('editor.chapters')}
              trigger={<Icon name="list" />}
              look="plain"
              size="sm"
              icon
              align="end"
            >
              {CHAPTERS.flatMap((root, i) => [
                <MenuItem key={root} onSelect={() => document.getElementById(`c${i + 1}`)?.scrollIntoView()}>
                  {`${t(numeral(i))} ${t(`editor.${root}`)}`}
                </MenuItem>,
                ...reading.outline[root]
                  .filter((heading) => heading.level === 3)
                  .map((heading) => (
                    <MenuItem
                      key={`${root}${heading.index}`}
                      onSelect={() => goTo(elementOf, root, heading.index)}
                    >
                      <span className="below">{heading.text}</span>
                    </MenuItem>
                  )),
              ])}
            </Menu>
          </span>
        </div>
        <div className="notices">
          <Notices {...{ boot, state, session, failed }} />
          <Shelved boot={boot} />
        </div>
        {live && <live.Tools session={live.session} elementOf={elementOf} />}
        {live && <live.Serving boot={boot} session={live.session} />}
      </section>

      <div className="work">
        <OutlineNav outline={reading.outline} elementOf={elementOf} />
        <main
          className="page"
          id="main"
          tabIndex={-1}
          onPointerDown={remember}
          data-phase={state.phase}
          style={itemWords}
        >
          <header className="head">
            <Title
              workspace={boot.workspace}
              strategyId={boot.strategy.id}
              language={boot.strategy.language}
              known={newest}
              editable={boot.mayRename && !state.reader}
              renamed={setRenamed}
            />
            <div className="preface" data-root="preface" hidden={!boot.mayEdit && isEmpty('preface')}>
              <ChapterText
                ref={keep.preface}
                {...{ drawn, texts }}
                root="preface"
                language={boot.strategy.language}
                prompt={prompt('preface')}
              />
            </div>
          </header>
          {CHAPTERS.map((root, i) => (
            <section
              className="ch"
              id={`c${i + 1}`}
              key={root}
              data-root={root}
              data-empty={isEmpty(root) || undefined}
            >
              <h2>
                <span className="n" aria-hidden="true">
                  {t(numeral(i))}
                </span>
                {t(`editor.${root}`)}
              </h2>
              <ChapterText
                ref={keep[root]}
                {...{ drawn, texts, root }}
                language={boot.strategy.language}
                prompt={prompt(root)}
              />
              {root === 'policy' && <SignsMount boot={boot} session={session} />}
              {isEmpty(root) &&
                (boot.mayEdit ? (
                  <Prompt
                    root={root}
                    begin={state.writable ? (kind) => session?.items?.append(root, kind) : null}
                  />
                ) : (
                  <p className="unwritten">{t('editor.empty_reader')}</p>
                ))}
            </section>
          ))}
        </main>
        <ThreadsMount boot={boot} session={session} bar={threadsBar} />
      </div>
    </>
  )
}

const unsaved: Saving = { save: { kind: 'connecting', pending: 0, kept: true }, holding: false }

/** Whether one's words are saved; for those who read, that they do. */
function SaveLine({ session, reads }: { session: Session | null; reads: boolean }) {
  const t = useWords()
  const { save, holding } = useStore(session?.saving ?? null, unsaved)
  if (reads && !('pending' in save && save.pending > 0) && save.kind !== 'revoked')
    return (
      <span className="save reads" role="status">
        {t('editor.you_read')}
        {save.kind === 'offline' && ` · ${t('common.save_offline_clean')}`}
      </span>
    )
  const composing = holding && save.kind === 'saved'
  return <SaveState state={composing ? { kind: 'saving', pending: 1, kept: false } : save} />
}
