import type { ItemDress } from '@/lib/document/render/item-face'
import type { Language } from '@/lib/domain/language'

/** What the items of the page are drawn with; tells their views when it has changed. */
export class ItemWorld {
  private readonly views = new Set<{ redraw(): void }>()
  private readonly tongues = new Map<string, Language>()

  constructor(private now: ItemDress) {}

  get dress(): ItemDress {
    return this.now
  }

  set(dress: ItemDress): void {
    this.now = dress
    for (const view of [...this.views]) view.redraw()
  }

  add(view: { redraw(): void }): () => void {
    this.views.add(view)
    return () => this.views.delete(view)
  }

  /** Which language of a positioning is in sight here; everybody turns their own page. */
  tongueOf(id: unknown): Language {
    return (typeof id === 'string' ? this.tongues.get(id) : undefined) ?? this.now.written
  }

  turn(id: unknown, to: Language): void {
    if (typeof id !== 'string') return
    this.tongues.set(id, to)
    this.set(this.now)
  }
}
