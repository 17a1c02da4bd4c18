import type { ItemKind } from '@/lib/document/items/kinds'
import { placeOf } from '../_items/place'
import type { Chapter } from './chapter'
import { insertImages, type Uploading } from './images'
import { recentItems, rememberItem } from './recent'
import { insert, isItemId, type SlashId, type SlashItem } from './slash/items'
import { matchItems } from './slash/match'
import { leaveSlash } from './slash/plugin'
import type { Trigger } from './slash/trigger'
import { type Store, store } from './store'
import { type Box, NO_TOOLS, readBubble, readTable, type Tools } from './tools'

export interface SlashMenu {
  readonly box: Box
  readonly query: string
  readonly items: readonly SlashItem[]
  readonly selected: number
}

export interface MenusOptions {
  /** The editor the person is in, if they may write there. */
  active(): Chapter | null
  writable(): boolean
  readonly upload: Uploading
  insertItem(chapter: Chapter, kind: ItemKind): void
}

/**
 * What floats beside the words: the list that opens on a slash, the tools of a selection and of a table. Comes with what
 * shows it, when somebody begins to write.
 */
export class Menus {
  readonly slash: Store<SlashMenu | null> = store<SlashMenu | null>(null)
  readonly tools: Store<Tools> = store(NO_TOOLS)
  private trigger: { chapter: Chapter; at: Trigger } | null = null
  private frame = 0

  constructor(private readonly options: MenusOptions) {}

  end(): void {
    cancelAnimationFrame(this.frame)
  }

  setLinking(linking: boolean): void {
    this.tools.set({ ...this.tools.get(), linking })
    if (!linking) this.soon()
  }

  /** The link key. Answers whether there is anything to link. */
  link(chapter: Chapter): boolean {
    if (!readBubble(chapter)) return false
    this.now()
    this.setLinking(true)
    return true
  }

  chooseSlash(index: number): void {
    const menu = this.slash.get()
    const item = menu?.items[index]
    const where = this.trigger
    if (!item || !where) return
    this.insertItem(where.chapter, item.id, { from: where.at.from, to: where.at.to })
  }

  pointSlash(index: number): void {
    const menu = this.slash.get()
    if (menu && menu.selected !== index) this.slash.set({ ...menu, selected: index })
  }

  uploadInto(chapter: Chapter): void {
    const input = document.createElement('input')
    input.type = 'file'
    input.accept = 'image/png,image/jpeg,image/webp,image/gif'
    input.multiple = true
    input.addEventListener('change', () => {
      insertImages(chapter.view, [...(input.files ?? [])], null, this.options.upload)
      chapter.view.focus()
    })
    input.click()
  }

  showSlash(chapter: Chapter, trigger: Trigger | null): void {
    if (!trigger || !this.options.writable()) {
      this.trigger = null
      this.slash.set(null)
      return
    }
    this.trigger = { chapter, at: trigger }
    const items = matchItems(trigger.query, recentItems(), {
      root: chapter.root,
      inItem: placeOf(chapter.view.state) !== null,
    })
    const before = this.slash.get()
    const { left, right, top, bottom } = chapter.view.coordsAtPos(trigger.from)
    const same = before?.query === trigger.query
    this.slash.set({
      box: { left, right, top, bottom },
      query: trigger.query,
      items,
      selected: same ? Math.min(before.selected, Math.max(0, items.length - 1)) : 0,
    })
  }

  slashKey(name: 'ArrowDown' | 'ArrowUp' | 'Enter' | 'Tab'): boolean {
    const menu = this.slash.get()
    if (!menu || menu.items.length === 0) return false
    const { length } = menu.items
    if (name === 'Enter' || name === 'Tab') this.chooseSlash(menu.selected)
    else this.pointSlash((menu.selected + (name === 'ArrowDown' ? 1 : length - 1)) % length)
    return true
  }

  private insertItem(chapter: Chapter, id: SlashId, typed: { from: number; to: number }): void {
    rememberItem(id)
    leaveSlash(chapter.view)
    const chain = chapter.editor.chain().focus().deleteRange(typed)
    if (id === 'image') {
      chain.run()
      this.uploadInto(chapter)
    } else if (isItemId(id)) {
      chain.run()
      this.options.insertItem(chapter, id)
    } else insert(chain, id).run()
  }

  close(): void {
    this.slash.set(null)
    this.tools.set(NO_TOOLS)
  }

  soon(): void {
    if (this.frame !== 0) return
    this.frame = requestAnimationFrame(() => {
      this.frame = 0
      this.now()
    })
  }

  now(): void {
    const active = this.options.active()
    const before = this.tools.get()
    if (!active || active.view.isDestroyed) {
      if (before !== NO_TOOLS) this.tools.set(NO_TOOLS)
      return
    }
    if (this.trigger) this.showSlash(this.trigger.chapter, this.trigger.at)
    // The table's menu takes the focus while it is open, and must not vanish for it.
    const focused = active.view.hasFocus() || document.activeElement?.closest('.table-corner') != null
    // While the field for a link has the focus the selection it is for stays marked.
    const bubble = focused || before.linking ? readBubble(active) : null
    const table = focused ? readTable(active) : null
    const linking = before.linking && bubble !== null
    if (!bubble && !table && !linking) {
      if (before !== NO_TOOLS) this.tools.set(NO_TOOLS)
      return
    }
    this.tools.set({ bubble, table, linking })
  }
}
