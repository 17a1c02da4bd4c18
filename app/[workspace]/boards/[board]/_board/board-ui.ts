import type { Destination } from '@/lib/domain/activity'

/** Which parts of a card, or of several, a menu is about. */
export type MenuPage = 'main' | 'move' | 'owner' | 'due' | 'label' | 'priority' | 'cycle' | 'day'

/** What is being done on this screen and nowhere else. */
export interface UiState {
  /** The card the arrows walk from; one stop of the tab order. */
  readonly active: string | null
  readonly chosen: ReadonlySet<string>
  /** A card lifted by key, and where it would drop. */
  readonly lift: { readonly id: string; readonly to: Destination; readonly index: number } | null
  readonly editing: string | null
  /** The column in which somebody writes a new card. */
  readonly adding: string | null
  /** The column whose name is being written. */
  readonly renaming: string | null
  readonly menu: {
    readonly ids: readonly string[]
    readonly page: MenuPage
    readonly at: { readonly x: number; readonly y: number }
  } | null
}

const nothing: UiState = {
  active: null,
  chosen: new Set(),
  lift: null,
  editing: null,
  adding: null,
  renaming: null,
  menu: null,
}

export class BoardUi {
  private shown = nothing
  private readonly listeners = new Set<() => void>()
  /** Where a range begins: the card last chosen or walked to without Shift. */
  anchor: string | null = null
  /** Whether the last lifted card was dropped, or went back to where it was. */
  dropped = false

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  readonly state = (): UiState => this.shown

  set(changes: Partial<UiState>): void {
    this.shown = { ...this.shown, ...changes }
    for (const listener of this.listeners) listener()
  }

  /** Chooses a card or lets it go. */
  toggle(id: string): void {
    const chosen = new Set(this.shown.chosen)
    if (!chosen.delete(id)) chosen.add(id)
    this.anchor = id
    this.set({ chosen, active: id })
  }

  /** Chooses from the anchor to this card, in the order given. */
  extend(order: readonly string[], id: string): void {
    const from = this.anchor ?? this.shown.active ?? id
    const [a, b] = [order.indexOf(from), order.indexOf(id)]
    if (a < 0 || b < 0) {
      this.toggle(id)
      return
    }
    this.anchor = from
    this.set({
      chosen: new Set([...this.shown.chosen, ...order.slice(Math.min(a, b), Math.max(a, b) + 1)]),
      active: id,
    })
  }

  clear(): void {
    if (this.shown.chosen.size > 0) this.set({ chosen: new Set() })
  }

  /** Cards that left the board are chosen no more. */
  keepOnly(here: { has(id: string): boolean }): void {
    const { chosen, lift, editing, active } = this.shown
    const kept = [...chosen].filter((id) => here.has(id))
    if (kept.length !== chosen.size) this.set({ chosen: new Set(kept) })
    if (lift && !here.has(lift.id)) this.set({ lift: null })
    if (editing !== null && !here.has(editing)) this.set({ editing: null })
    if (active !== null && !here.has(active)) this.set({ active: null })
  }
}
