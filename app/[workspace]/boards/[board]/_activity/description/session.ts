import { Extension } from '@tiptap/core'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import type { Say } from '@/app/_i18n/say'
import { selectionToRelative } from '@/app/[workspace]/strategy/[strategy]/_editor/binding/relative'
import { Carets } from '@/app/[workspace]/strategy/[strategy]/_editor/carets'
import { Chapter } from '@/app/[workspace]/strategy/[strategy]/_editor/chapter'
import { imagesPlugin, insertImages } from '@/app/[workspace]/strategy/[strategy]/_editor/images'
import { readTab, type Tab } from '@/app/[workspace]/strategy/[strategy]/_editor/people'
import { type Store, store } from '@/app/[workspace]/strategy/[strategy]/_editor/store'
import { SharedUndo } from '@/app/[workspace]/strategy/[strategy]/_editor/undo'
import { CollabClient, openPersistence, type SaveState, wouldLose } from '@/lib/collab/client'
import { safeHref } from '@/lib/document/links'
import { PREFACE } from '@/lib/document/roots'
import { SCHEMA_VERSION } from '@/lib/document/schema/version'
import type { Id } from '@/lib/kit/ids'
import { findMention, leaveMention, type MentionAt, type MentionKey, mentionPlugin } from './mention'

export interface DescriptionOptions {
  /** The activity or the review whose text it is. */
  readonly room: string
  readonly userId: string
  /** What the server said when it drew the panel; the socket has the last word. */
  readonly mayEdit: boolean
  /** Holds the server's rendering of the same text; the editor takes its place. */
  readonly element: HTMLElement
  readonly label: string
  readonly say: Say
  /** Where pictures go; null: the text takes none. */
  readonly upload: string | null
  /** Esc: out of the text. */
  readonly leave: () => void
  /** Something is told in the room besides the text. */
  readonly heard?: (event: unknown) => void
  /** Somebody is named here now, and the words are saved. */
  readonly named?: (memberId: Id<'mem'>) => void
}

export interface DescriptionState {
  readonly ready: boolean
  readonly writable: boolean
  readonly empty: boolean
  readonly broken: boolean
  readonly saving: SaveState
  /** The line is up. */
  readonly online: boolean
  /** Something composed is on its way into the document. */
  readonly holding: boolean
  /** Others who have this text open here. */
  readonly writers: readonly string[]
  /** Members besides oneself who have the room open, readers too. */
  readonly here: readonly string[]
  /** What the marks of the selection are, and the link it is in. */
  readonly marks: readonly string[]
  readonly href: string | null
  readonly mention: MentionAt | null
}

/** A copy on this device is shown when the server has not answered by then, milliseconds. */
const LOCAL_PATIENCE = 1_200

const marks = ['bold', 'italic', 'strike'] as const
const blocks = ['bulletList', 'orderedList', 'taskList'] as const
export type Tool = (typeof marks)[number] | (typeof blocks)[number]

/** The live text of one activity: document, connection, editor, carets, undo. Made once per panel. */
export class DescriptionSession {
  readonly state: Store<DescriptionState>
  /** The list of people beside the text, while it is open. */
  mentionKey: ((name: MentionKey) => boolean) | null = null
  private readonly doc = new Y.Doc()
  private readonly awareness = new Awareness(this.doc)
  private readonly client: CollabClient
  private readonly undoing: SharedUndo
  private readonly stops: (() => void)[] = []
  private chapter: Chapter | null = null
  private carets: Carets | null = null
  /** People named since the last save: they are told when the words are there. */
  private readonly named = new Set<Id<'mem'>>()
  private broken = false
  private destroyed = false

  constructor(private readonly options: DescriptionOptions) {
    const { room, userId, heard } = options
    this.undoing = new SharedUndo(
      this.doc,
      (place) => this.chapter?.focusAt(place.selection),
      () => undefined,
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
    this.state = store<DescriptionState>({
      ready: false,
      writable: false,
      empty: false,
      broken: false,
      saving: this.client.saveState,
      online: this.client.online,
      holding: false,
      writers: [],
      here: [],
      marks: [],
      href: null,
      mention: null,
    })
    this.stops.push(this.client.subscribe(() => this.heard()))
    if (heard) this.stops.push(this.client.onEvent(heard))
    this.awareness.on('change', this.presence)
    const leaving = (event: BeforeUnloadEvent) => {
      this.chapter?.binding.flush()
      if (wouldLose(this.client.saveState)) event.preventDefault()
    }
    const hidden = () => this.chapter?.binding.flush()
    const resized = () => this.carets?.redraw()
    window.addEventListener('beforeunload', leaving)
    window.addEventListener('pagehide', hidden)
    window.addEventListener('resize', resized)
    this.stops.push(() => {
      window.removeEventListener('beforeunload', leaving)
      window.removeEventListener('pagehide', hidden)
      window.removeEventListener('resize', resized)
    })
    void this.client.synced.then(() => this.mount())
    void this.client.loaded.then((local) => {
      if (local) setTimeout(() => this.mount(), navigator.onLine ? LOCAL_PATIENCE : 0)
    })
  }

  focus(): void {
    this.chapter?.view.focus()
  }

  toggle(tool: Tool): void {
    const chain = this.chapter?.editor.chain().focus()
    if (!chain || !this.state.get().writable) return
    switch (tool) {
      case 'bulletList':
        chain.toggleList('bulletList', 'listItem').run()
        break
      case 'orderedList':
        chain.toggleList('orderedList', 'listItem').run()
        break
      case 'taskList':
        chain.toggleList('taskList', 'taskItem').run()
        break
      default:
        chain.toggleMark(tool).run()
    }
  }

  /** Sets the link of the selection, or takes it away with ''. False: no address one may lead to. */
  link(typed: string): boolean {
    const chain = this.chapter?.editor.chain().focus().extendMarkRange('link')
    if (!chain) return false
    if (typed.trim() === '') return chain.unsetMark('link').run()
    const wanted = typed.trim()
    const href = safeHref(/^[a-z]+:/i.test(wanted) ? wanted : `https://${wanted}`)
    if (href === null) return false
    return chain.setMark('link', { href }).run()
  }

  addPicture(): void {
    const { chapter, pictures } = this
    if (!chapter || !pictures) return
    const input = document.createElement('input')
    input.type = 'file'
    input.accept = 'image/png,image/jpeg,image/webp,image/gif'
    input.multiple = true
    input.addEventListener('change', () => {
      insertImages(chapter.view, [...(input.files ?? [])], null, pictures)
      chapter.view.focus()
    })
    input.click()
  }

  /** Puts a name in place of what was typed behind the sign: a link to the person, in words that stay. */
  mention({ id, name }: { readonly id: Id<'mem'>; readonly name: string }, href: string): void {
    const at = this.state.get().mention
    const { chapter } = this
    if (!chapter || !at) return
    chapter.editor
      .chain()
      .focus()
      .insertContentAt(at, [
        { type: 'text', text: `@${name}`, marks: [{ type: 'link', attrs: { href } }] },
        { type: 'text', text: ' ' },
      ])
      .unsetMark('link')
      .run()
    chapter.binding.flush()
    this.named.add(id)
    this.tellNamed()
  }

  /** Begins a mention with the button. */
  beginMention(): void {
    const { chapter } = this
    if (!chapter) return
    const { $from } = chapter.view.state.selection
    const spaced = $from.parentOffset === 0 || /\s$/.test($from.parent.textBetween(0, $from.parentOffset))
    chapter.editor
      .chain()
      .focus()
      .insertContent(spaced ? '@' : ' @')
      .run()
  }

  leaveMention(): void {
    if (this.chapter) leaveMention(this.chapter.view)
  }

  destroy(): void {
    if (this.destroyed) return
    this.chapter?.binding.flush()
    this.destroyed = true
    for (const stop of this.stops) stop()
    this.awareness.off('change', this.presence)
    this.carets?.destroy()
    this.chapter?.destroy()
    this.undoing.destroy()
    this.client.destroy()
    this.awareness.destroy()
    this.doc.destroy()
  }

  // ------------------------------------------------------------------------------------------------------------------

  private get pictures() {
    const { upload, say } = this.options
    return upload === null ? null : { url: upload, say }
  }

  private mount(): void {
    if (this.chapter || this.destroyed) return
    const { element, label } = this.options
    const { pictures } = this
    const chapter: Chapter = new Chapter({
      root: PREFACE,
      fragment: this.doc.getXmlFragment(PREFACE),
      element,
      label,
      editable: this.writable(),
      extensions: [
        Extension.create({
          name: 'descriptionParts',
          priority: 950,
          addKeyboardShortcuts: () => Object.fromEntries([['Escape', () => this.escape(chapter)]]),
          addProseMirrorPlugins: () => [
            mentionPlugin({
              show: (mention) => this.change({ mention }),
              press: (name) => this.mentionKey?.(name) ?? false,
            }),
            ...(pictures ? [imagesPlugin(pictures)] : []),
          ],
        }),
      ],
      hooks: {
        undo: () => {
          chapter.binding.flush()
          this.undoing.undo()
        },
        redo: () => this.undoing.redo(),
        link: () => {
          element.dispatchEvent(new CustomEvent('description:link', { bubbles: true }))
          return true
        },
        neighbour: () => null,
        focused: () => undefined,
        changed: (_chapter, what) => this.changed(what),
        typing: (selection) => this.undoing.at({ root: PREFACE, selection }),
        holding: (holding) => {
          this.change({ holding })
          if (!holding) this.carets?.redraw()
        },
        broken: (error) => {
          reportError(error)
          this.broken = true
          this.change({ broken: true })
          this.judge()
        },
      },
    })
    this.chapter = chapter
    this.carets = new Carets(chapter)
    this.change({ ready: true })
    this.judge()
    this.presence()
    this.changed({ doc: true, own: false })
  }

  private escape(chapter: Chapter): boolean {
    // Esc while composing takes the characters back.
    if (chapter.view.composing) return false
    if (findMention(chapter.view.state)) leaveMention(chapter.view)
    else this.options.leave()
    return true
  }

  private heard(): void {
    this.change({ saving: this.client.saveState, online: this.client.online })
    this.judge()
    this.tellNamed()
  }

  private tellNamed(): void {
    if (this.client.saveState.kind !== 'saved') return
    for (const id of this.named) this.options.named?.(id)
    this.named.clear()
  }

  private judge(): void {
    if (!this.chapter) return
    const writable = this.writable()
    this.chapter.setEditable(writable)
    this.change({ writable })
  }

  private writable(): boolean {
    const { mode, saveState } = this.client
    if (this.broken) return false
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

  private readonly presence = (): void => {
    const tabs: Tab[] = []
    for (const [client, state] of this.awareness.getStates()) {
      if (client === this.awareness.clientID) continue
      const tab = readTab(client, state)
      if (tab) tabs.push(tab)
    }
    this.carets?.show(tabs)
    const writers = [...new Set(tabs.filter(({ caret }) => caret !== null).map(({ name }) => name))].sort()
    const here = [...new Set(tabs.map(({ memberId }) => memberId))].sort()
    if (here.join() !== this.state.get().here.join()) this.change({ here })
    if (writers.join('\n') !== this.state.get().writers.join('\n')) this.change({ writers })
  }

  private changed(what: { doc: boolean; own: boolean }): void {
    const { chapter } = this
    if (!chapter) return
    const { doc } = chapter.view.state
    if (what.doc) {
      this.carets?.redraw()
      this.change({
        empty:
          doc.childCount <= 1 &&
          (doc.firstChild === null ||
            (doc.firstChild.type.name === 'paragraph' && doc.firstChild.content.size === 0)),
      })
    }
    const names = [...marks, ...blocks].filter((name) => chapter.editor.isActive(name))
    const href: unknown = chapter.editor.getAttributes('link').href
    const known = this.state.get()
    if (names.join() !== known.marks.join()) this.change({ marks: names })
    this.change({ href: typeof href === 'string' ? href : null, mention: findMention(chapter.view.state) })
    if (what.own) this.tellCaret(chapter)
  }

  private tellCaret(chapter: Chapter): void {
    if (chapter.binding.holding) return
    if (!chapter.view.hasFocus()) {
      this.awareness.setLocalStateField('caret', null)
      return
    }
    const { root, mapping } = chapter.binding
    // Before the change itself has reached the document the place would be reckoned wrongly.
    queueMicrotask(() => {
      if (this.destroyed || chapter.view.isDestroyed) return
      const selection = selectionToRelative(root, mapping, chapter.view.state.selection)
      this.awareness.setLocalStateField(
        'caret',
        selection && { root: PREFACE, anchor: selection.anchor, head: selection.head },
      )
    })
  }

  private change(part: Partial<DescriptionState>): void {
    if (this.destroyed) return
    const now = this.state.get()
    const keys = Object.keys(part) as (keyof DescriptionState)[]
    if (keys.every((key) => Object.is(now[key], part[key]))) return
    this.state.set({ ...now, ...part })
  }
}
