import { Extension } from '@tiptap/core'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import type { Say } from '@/app/_i18n/say'
import { CollabClient, openPersistence, wouldLose } from '@/lib/collab/client'
import type { DepartmentInPage } from '@/lib/document/render/item-face'
import { TEXT_ROOTS, type TextRoot } from '@/lib/document/roots'
import { SCHEMA_VERSION } from '@/lib/document/schema/version'
import type { Language } from '@/lib/domain/language'
import { ItemDesk } from '../_items/desk'
import { suggestPlugin } from '../_suggest/plugin'
import { selectionToRelative } from './binding/relative'
import { CaretLayers } from './caret-layers'
import { Chapter } from './chapter'
import { imagesPlugin, type Uploading } from './images'
import type { Menus } from './menus'
import { groupTabs, type Person, readTab, type Tab } from './people'
import { Reader, type Reading } from './reader'
import { SaveTeller, type Saving } from './saving'
import { slashPlugin } from './slash/plugin'
import type { Trigger } from './slash/trigger'
import { type Store, store } from './store'
import { SharedUndo } from './undo'

export interface SessionOptions {
  readonly strategyId: string
  /** The document's room: the strategy's own, or that of a proposal. */
  readonly room: string
  /** Only reads, though the server would let them write. */
  readonly readOnly: boolean
  readonly workspace: string
  readonly userId: string
  readonly memberId: string
  /** What the server said when it rendered the page; the socket has the last word. */
  readonly mayEdit: boolean
  readonly say: Say
  /** The reader's language, and the strategy's. */
  readonly language: Language
  readonly written: Language
  readonly zone: string
  readonly departments: readonly DepartmentInPage[]
  readonly elementOf: (root: TextRoot) => HTMLElement | null
  readonly labelOf: (root: TextRoot) => string
  /** Where somebody clicked before there was an editor. */
  readonly early: () => { readonly root: TextRoot; readonly x: number; readonly y: number } | null
}

export interface SessionState {
  readonly phase: 'opening' | 'ready' | 'broken'
  /** The first contact takes too long; what is shown is the stored text. */
  readonly slow: boolean
  readonly writable: boolean
  /** May not write here, says the server. */
  readonly reader: boolean
  readonly people: readonly Person[]
  readonly following: string | null
  readonly canUndo: boolean
  readonly canRedo: boolean
  readonly title: { readonly title: string; readonly revision: number } | null
}

/** What comes with the first caret in the text. */
export interface BegunWith {
  readonly Menus: typeof Menus
  readonly rescueTyping: (doc: Y.Doc) => () => void
}

/** The socket needs this long only when something is wrong, milliseconds. */
const SLOW = 6_000
/** A copy on this device is shown when the server has not answered by then. */
const LOCAL_PATIENCE = 1_200
/** The strategy on this page: document, connection, five editors, undo, presence. Made once per page. */
export class Session {
  readonly state: Store<SessionState>
  readonly saving: Store<Saving>
  private readonly line: SaveTeller
  private readonly reader: Reader
  readonly reading: Store<Reading | null>
  /** Null until somebody writes. */
  private menus: Menus | null = null
  /** Where a slash has opened a list. */
  private slash: { readonly chapter: Chapter; readonly at: Trigger } | null = null
  private readonly upload: Uploading
  readonly chapters = new Map<TextRoot, Chapter>()
  private readonly doc = new Y.Doc()
  private readonly awareness = new Awareness(this.doc)
  private readonly client: CollabClient
  private readonly undoing: SharedUndo
  private readonly carets = new CaretLayers(this.chapters, () => this.change({ following: null }))
  private readonly moved = new Map<number, number>()
  private readonly stops: (() => void)[] = []
  private readonly held = new Set<TextRoot>()
  private rescue: (() => void) | null = null
  private active: Chapter | null = null
  private desk: ItemDesk | null = null
  private mounted = false
  private destroyed = false

  constructor(private readonly options: SessionOptions) {
    const { room, userId } = options
    this.undoing = new SharedUndo(
      this.doc,
      (place) => this.chapters.get(place.root)?.focusAt(place.selection),
      () => this.change({ canUndo: this.undoing.canUndo, canRedo: this.undoing.canRedo }),
    )
    this.client = new CollabClient({
      url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/collab`,
      room,
      doc: this.doc,
      awareness: this.awareness,
      schema: SCHEMA_VERSION,
      build: 'web',
      persistence: openPersistence({ userId, room }),
    })
    this.state = store<SessionState>({
      phase: 'opening',
      slow: false,
      writable: false,
      reader: false,
      people: [],
      following: null,
      canUndo: false,
      canRedo: false,
      title: null,
    })
    this.line = new SaveTeller(() => ({ save: this.client.saveState, holding: this.held.size > 0 }))
    this.saving = this.line.said
    this.reader = new Reader({
      chapters: this.chapters,
      elementOf: options.elementOf,
      read: () => this.desk?.read(),
    })
    this.reading = this.reader.reading
    const { workspace, strategyId, say } = options
    this.upload = { url: `/api/workspaces/${workspace}/strategies/${strategyId}/files`, say }
    this.stops.push(this.client.subscribe(() => this.heard()))
    this.stops.push(this.client.onEvent((event) => this.told(event)))
    this.awareness.on('change', this.presence)
    this.listen(window, 'beforeunload', (event) => {
      this.flush()
      if (wouldLose(this.client.saveState)) event.preventDefault()
    })
    this.listen(window, 'pagehide', () => this.flush())
    this.listen(window, 'scroll', () => this.menus?.soon(), { passive: true, capture: true })
    this.listen(window, 'resize', () => {
      this.menus?.soon()
      this.carets.redrawAll()
    })
    this.open()
  }

  // --- what the page does

  undo(): void {
    for (const chapter of this.chapters.values()) chapter.binding.flush()
    this.undoing.undo()
  }

  redo(): void {
    this.undoing.redo()
  }

  retry(): void {
    this.change({ slow: false })
    this.client.reconnect()
    this.watchSlow()
  }

  followPerson(memberId: string | null): void {
    const person = this.state.get().people.find((one) => one.memberId === memberId)
    const tab = person?.tabs.find((one) => one.caret !== null) ?? null
    this.change({ following: tab ? memberId : null })
    this.carets.startFollowing(tab)
  }

  /** The text of everything, to be copied out when the server does not take it. */
  plainText(): string {
    return TEXT_ROOTS.flatMap((root) => this.chapters.get(root) ?? [])
      .map((chapter) => {
        const { doc } = chapter.view.state
        return doc.textBetween(0, doc.content.size, '\n\n', '\n')
      })
      .filter((text) => text !== '')
      .join('\n\n')
  }

  /** What the server tells in this strategy's room besides its text. Answers what stops it. */
  listenTo(listener: (event: unknown) => void): () => void {
    return this.client.onEvent(listener)
  }

  /** Tells of every change of the text from now on, one's own or somebody else's. Answers what stops it. */
  onWritten(listener: () => void): () => void {
    const told = () => {
      // What comes before is what was there already.
      if (this.state.get().phase === 'ready') listener()
    }
    this.doc.on('update', told)
    return () => this.doc.off('update', told)
  }

  /** The chapter a node of the page belongs to. */
  chapterAt(node: Node | null): Chapter | null {
    return [...this.chapters.values()].find((chapter) => chapter.view.dom.contains(node)) ?? null
  }

  /** True once the server has everything written here; false when that takes longer than `patience` milliseconds. */
  whenSaved(patience: number): Promise<boolean> {
    for (const chapter of this.chapters.values()) chapter.binding.flush()
    const saved = () => {
      const { kind } = this.client.saveState
      return kind === 'read_only' || (kind === 'saved' && this.held.size === 0)
    }
    return new Promise((resolve) => {
      const end = (answer: boolean) => {
        clearTimeout(timer)
        stop()
        resolve(answer)
      }
      const timer = setTimeout(() => end(saved()), patience)
      const stop = this.client.subscribe(() => {
        if (saved()) end(true)
      })
      if (saved()) end(true)
    })
  }

  /** Runs a command of the editor the person is in. */
  run(act: (chapter: Chapter) => void): void {
    if (this.active && this.state.get().writable) act(this.active)
  }

  /** Somebody has begun to write: what only they need is there. */
  begun({ Menus, rescueTyping }: BegunWith): Menus {
    this.rescue ??= rescueTyping(this.doc)
    if (!this.menus) {
      this.menus = new Menus({
        active: () => (this.mounted && this.state.get().writable ? this.active : null),
        writable: () => this.state.get().writable,
        upload: this.upload,
        insertItem: (chapter, kind) => this.desk?.insert(chapter, kind),
      })
      // What was typed before opens the list now.
      if (this.slash) this.menus.showSlash(this.slash.chapter, this.slash.at)
      this.menus.soon()
    }
    return this.menus
  }

  /** What the page does with items; null until the editors are there. */
  get items(): ItemDesk | null {
    return this.desk
  }

  destroy(): void {
    if (this.destroyed) return
    this.flush()
    this.destroyed = true
    this.line.end()
    this.reader.end()
    this.menus?.end()
    for (const stop of this.stops) stop()
    this.rescue?.()
    this.awareness.off('change', this.presence)
    this.carets.destroy()
    for (const chapter of this.chapters.values()) chapter.destroy()
    this.undoing.destroy()
    this.client.destroy()
    this.awareness.destroy()
    this.doc.destroy()
  }

  // --- opening

  private open(): void {
    this.watchSlow()
    void this.client.synced.then(() => void this.mount())
    void this.client.loaded.then((local) => {
      // Without a network there is nothing to wait for; with one, the server's copy spares the text a jump.
      if (local) setTimeout(() => void this.mount(), navigator.onLine ? LOCAL_PATIENCE : 0)
    })
  }

  private watchSlow(): void {
    setTimeout(() => {
      if (!this.mounted) this.change({ slow: true })
    }, SLOW)
  }

  /**
   * Puts the editors in place of the server's text, so that nobody sees it happen: the chapters in sight first. The
   * browser may answer and paint between them; five long chapters at once would hold it up for a second.
   */
  private async mount(): Promise<void> {
    if (this.mounted || this.destroyed) return
    this.mounted = true
    const early = this.options.early()
    const { strategyId, say, language, written, zone, departments } = this.options
    this.desk = new ItemDesk({
      ...{ strategyId, doc: this.doc, say, language, written, zone, departments },
      editable: this.writable(),
      chapters: this.chapters,
    })
    const places = TEXT_ROOTS.flatMap((root) => {
      const element = this.options.elementOf(root)
      return element ? [{ root, element, away: distance(element) }] : []
    })
    for (const { root, element } of places.sort((one, other) => one.away - other.away)) {
      const chapter = this.openChapter(root, element, this.writable())
      this.chapters.set(root, chapter)
      await breath()
      if (this.destroyed) return
    }
    const writable = this.writable()
    for (const chapter of this.chapters.values()) chapter.setEditable(writable)
    this.desk.setEditable(writable)
    const { phase } = this.state.get()
    this.change({ phase: phase === 'broken' ? phase : 'ready', slow: false, writable })
    this.awareness.setLocalStateField('here', true)
    this.presence()
    this.reader.now()
    if (early && writable) this.chapters.get(early.root)?.focusPoint(early.x, early.y)
  }

  private openChapter(root: TextRoot, element: HTMLElement, editable: boolean): Chapter {
    const { labelOf } = this.options
    const order = TEXT_ROOTS
    const chapter: Chapter = new Chapter({
      root,
      fragment: this.doc.getXmlFragment(root),
      element,
      label: labelOf(root),
      editable,
      extensions: [
        ...(this.desk ? [this.desk.extension()] : []),
        Extension.create({
          name: 'pageParts',
          priority: 950,
          addProseMirrorPlugins: () => [
            slashPlugin({
              show: (trigger) => {
                this.slash = trigger && { chapter, at: trigger }
                this.menus?.showSlash(chapter, trigger)
              },
              key: (name) => this.menus?.slashKey(name) ?? false,
            }),
            imagesPlugin(this.upload),
            suggestPlugin(),
          ],
        }),
      ],
      hooks: {
        undo: () => this.undo(),
        redo: () => this.redo(),
        link: () => {
          if (!this.menus || !this.state.get().writable) return false
          this.active = chapter
          return this.menus.link(chapter)
        },
        neighbour: (way) => {
          const step = way === 'next' ? 1 : -1
          for (let i = order.indexOf(root) + step; i >= 0 && i < order.length; i += step) {
            const name = order[i]
            const next = name ? this.chapters.get(name) : undefined
            // An empty preface is not on a reader's page.
            if (next && next.view.dom.offsetParent !== null) return next
          }
          return null
        },
        focused: (focused) => {
          this.active = focused
        },
        changed: (changed, what) => this.changed(changed, what),
        typing: (selection) => this.undoing.at({ root, selection }),
        holding: (unsent) => {
          if (unsent) this.held.add(root)
          else this.held.delete(root)
          this.line.tell()
          if (!unsent) this.carets.redraw(root)
        },
        broken: (error) => this.broken(error),
      },
    })
    return chapter
  }

  // --- what is heard

  private heard(): void {
    this.line.tell()
    const { kind } = this.client.saveState
    this.change({ reader: this.client.mode === 'read' || kind === 'read_only' })
    this.judge()
  }

  private judge(): void {
    if (!this.mounted) return
    const writable = this.writable()
    for (const chapter of this.chapters.values()) chapter.setEditable(writable)
    this.desk?.setEditable(writable)
    if (writable !== this.state.get().writable) {
      this.change({ writable })
      if (!writable) this.menus?.close()
    }
  }

  private writable(): boolean {
    const { mode, saveState } = this.client
    if (this.state.get().phase === 'broken' || this.options.readOnly) return false
    switch (saveState.kind) {
      case 'revoked':
      case 'outdated':
      case 'read_only':
      case 'refused':
        return false
      default:
        return mode === null ? this.options.mayEdit : mode === 'write'
    }
  }

  private told(event: unknown): void {
    if (typeof event !== 'object' || event === null || !('type' in event)) return
    if (event.type !== 'strategy.renamed' || !('title' in event) || !('revision' in event)) return
    const { title, revision } = event
    if (typeof title !== 'string' || typeof revision !== 'number') return
    const known = this.state.get().title
    if (!known || revision > known.revision) this.change({ title: { title, revision } })
  }

  private readonly presence = (change?: { added: number[]; updated: number[]; removed: number[] }): void => {
    const own = this.awareness.clientID
    // With every key one's own caret moves, which is nothing to look at here.
    if (change && [...change.added, ...change.updated, ...change.removed].every((client) => client === own))
      return
    const now = performance.now()
    for (const client of [...(change?.added ?? []), ...(change?.updated ?? [])]) this.moved.set(client, now)
    const tabs: Tab[] = []
    for (const [client, state] of this.awareness.getStates()) {
      if (client === this.awareness.clientID) continue
      const tab = readTab(client, state)
      if (tab) tabs.push(tab)
    }
    this.carets.show(tabs)
    this.desk?.present(tabs)
    const people = groupTabs(tabs, this.options.memberId, this.moved)
    const { following, people: known } = this.state.get()
    if (!samePeople(known, people)) this.change({ people })
    if (following === null) return
    const person = people.find((one) => one.memberId === following)
    const tab = person?.tabs.find((one) => one.caret !== null)
    if (tab) this.carets.followTo(tab)
    else if (!person) this.followPerson(null)
  }

  // --- what happens in the editors

  private changed(chapter: Chapter, what: { doc: boolean; own: boolean }): void {
    if (what.doc) {
      this.carets.redraw(chapter.root)
      this.desk?.textChanged()
      this.reader.soon()
    }
    this.menus?.soon()
    if (what.own) {
      this.tellCaret(chapter)
      if (this.mounted && chapter === this.active) this.desk?.moved(chapter)
    }
  }

  private tellCaret(chapter: Chapter): void {
    if (!this.mounted || chapter !== this.active || chapter.binding.holding || !chapter.view.hasFocus())
      return
    const { root, mapping } = chapter.binding
    // Before the change itself has reached the document the place would be reckoned wrongly.
    queueMicrotask(() => {
      if (this.destroyed || chapter.view.isDestroyed) return
      const selection = selectionToRelative(root, mapping, chapter.view.state.selection)
      this.awareness.setLocalStateField(
        'caret',
        selection && { root: chapter.root, anchor: selection.anchor, head: selection.head },
      )
    })
  }

  private broken(error: unknown): void {
    // For the console and whoever watches it; the page itself says what the person needs to know.
    reportError(error)
    this.change({ phase: 'broken' })
    this.judge()
  }

  private flush(): void {
    for (const chapter of this.chapters.values()) chapter.binding.flush()
  }

  private change(part: Partial<SessionState>): void {
    if (this.destroyed) return
    const now = this.state.get()
    const keys = Object.keys(part) as (keyof SessionState)[]
    if (keys.every((key) => Object.is(now[key], part[key]))) return
    this.state.set({ ...now, ...part })
  }

  private listen<K extends keyof WindowEventMap>(
    target: Window,
    name: K,
    act: (event: WindowEventMap[K]) => void,
    how?: AddEventListenerOptions,
  ): void {
    target.addEventListener(name, act, how)
    this.stops.push(() => target.removeEventListener(name, act, how))
  }
}

function samePeople(one: readonly Person[], other: readonly Person[]): boolean {
  return (
    one.length === other.length &&
    one.every((person, i) => {
      const now = other[i]
      return (
        now !== undefined &&
        person.memberId === now.memberId &&
        person.name === now.name &&
        person.root === now.root &&
        person.tabs.length === now.tabs.length &&
        person.tabs.every((tab, j) => tab === now.tabs[j] || tab.client === now.tabs[j]?.client)
      )
    })
  )
}

/** How far a chapter is from what the window shows, pixels. */
function distance(element: Element): number {
  const { top, bottom } = element.getBoundingClientRect()
  return Math.max(0, top - window.innerHeight, -bottom)
}

/** Lets the browser do what waits. */
function breath(): Promise<void> {
  return new Promise((done) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      done()
    }
    port2.postMessage(null)
  })
}
