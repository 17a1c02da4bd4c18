import type { ItemDress } from '@/lib/document/render/item-face'
import type { Language } from '@/lib/domain/language'

/** What the items of the page are drawn with; tells their views when it has changed. */
export class ItemWorld {
  private readonly views = new Set<{ redraw(): void }>()
  private readonly tongues = new Map<string, Language>()

  private served: ((id: string, kind: string) => string) | null = null

  constructor(private now: ItemDress) {}

  get dress(): ItemDress {
    return this.now
  }

  set(dress: ItemDress): void {
    this.now = dress
    for (const view of [...this.views]) view.redraw()
  }

  /** What stands under each item as HTML: who works on it. Comes late, and says nothing until then. */
  serve(served: (id: string, kind: string) => string): void {
    this.served = served
    for (const view of [...this.views]) view.redraw()
  }

  servedOf(id: unknown, kind: unknown): string {
    return (this.served && typeof id === 'string' && this.served(id, String(kind))) || ''
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
