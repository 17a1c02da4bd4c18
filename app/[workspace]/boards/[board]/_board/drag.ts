import {
  AutoScroller,
  DragDropManager,
  Draggable,
  PointerActivationConstraints,
  PointerSensor,
} from '@dnd-kit/dom'
import type { Destination } from '@/lib/domain/activity'
import { showSlot, showsSlot } from './slot'
import type { Where } from './use-keys'

interface Doors {
  readonly where: () => Where
  readonly chosen: () => ReadonlySet<string>
  /** This card is in the air: it stays in the page however far it is carried. */
  readonly lifted: (id: string) => void
  readonly moveOne: (id: string, to: Destination) => void
  /** Several together: to the end of a column. */
  readonly moveAll: (ids: readonly string[], columnId: string) => void
}

/**
 * Dragging by mouse and by finger. One draggable stands for all cards: its handle is the whole board and the card under
 * the pointer becomes its element, so that a board of two thousand costs no more than an empty one.
 */
export function dragCards(board: HTMLElement, doors: Doors): () => void {
  const manager = new DragDropManager({
    // Close to the edge only: a column is itself a fifth of the screen.
    plugins: [AutoScroller.configure({ threshold: { x: 0.08, y: 0.1 } })],
    sensors: [
      PointerSensor.configure({
        preventActivation: (event) => !take(event),
        activationConstraints: (event) =>
          event.pointerType === 'mouse'
            ? [new PointerActivationConstraints.Distance({ value: 5 })]
            : // A finger that moves at once scrolls; one that rests lifts.
              [new PointerActivationConstraints.Delay({ value: 220, tolerance: 8 })],
      }),
    ],
  })
  const draggable = new Draggable({ id: 'card', element: board, handle: board }, manager)
  let card: HTMLElement | null = null
  let drag: Drag | null = null

  /** The card a drag would be of; false: here one presses, writes or selects. */
  function take(event: PointerEvent): boolean {
    const target = event.target instanceof Element ? event.target : null
    card = target?.closest<HTMLElement>('[data-card]') ?? null
    if (!card || target?.closest('button, input, textarea, select, [contenteditable]')) return false
    draggable.element = card
    return true
  }

  const offs = [
    manager.monitor.addEventListener('dragstart', ({ operation }) => {
      if (!card) return
      const { x, y } = operation.position.current
      drag = new Drag(board, card, { x, y }, doors)
    }),
    manager.monitor.addEventListener('dragmove', ({ operation, to }) => {
      drag?.move(to ?? operation.position.current)
    }),
    manager.monitor.addEventListener('dragend', ({ canceled }) => {
      drag?.end(canceled)
      drag = null
    }),
  ]
  return () => {
    for (const off of offs) off()
    drag?.end(true)
    draggable.destroy()
    manager.destroy()
  }
}

interface Point {
  readonly x: number
  readonly y: number
}

/** One card, or those chosen, in the air. */
class Drag {
  private readonly ghost: HTMLElement
  private readonly offset: Point
  private readonly ids: readonly string[]
  private readonly id: string
  private to: Destination | null = null
  private at: Point
  private frame = 0

  constructor(
    private readonly board: HTMLElement,
    private readonly card: HTMLElement,
    from: Point,
    private readonly doors: Doors,
  ) {
    const box = card.getBoundingClientRect()
    this.id = card.dataset.card ?? ''
    const chosen = doors.chosen()
    this.ids = chosen.has(this.id) ? [...chosen] : [this.id]
    this.offset = { x: from.x - box.left, y: from.y - box.top }
    this.at = from
    this.ghost = ghostOf(card, box.width, this.ids.length)
    board.after(this.ghost)
    doors.lifted(this.id)
    card.dataset.dragged = ''
    board.dataset.dragging = ''
    board.addEventListener('scroll', this.scrolled, { passive: true })
    window.addEventListener('scroll', this.scrolled, { passive: true })
    this.draw()
  }

  move(at: Point): void {
    this.at = at
    this.frame ||= requestAnimationFrame(() => this.draw())
  }

  end(canceled: boolean): void {
    cancelAnimationFrame(this.frame)
    this.board.removeEventListener('scroll', this.scrolled)
    window.removeEventListener('scroll', this.scrolled)
    if (!canceled) this.place()
    const { to } = this
    this.ghost.remove()
    delete this.card.dataset.dragged
    delete this.board.dataset.dragging
    const moved = showsSlot(this.board)
    showSlot(this.board, null)
    swallowClick()
    if (canceled || !to || !moved) return
    if (this.ids.length > 1) this.doors.moveAll(this.ids, to.columnId)
    else this.doors.moveOne(this.id, to)
  }

  private readonly scrolled = () => this.move(this.at)

  private draw(): void {
    this.frame = 0
    // Asked where things lie before anything is moved: the other way round every frame would be laid out twice.
    this.place()
    this.ghost.style.transform = `translate3d(${this.at.x - this.offset.x}px, ${this.at.y - this.offset.y}px, 0)`
  }

  /** Where it would drop, shown in the board. */
  private place(): void {
    const to = this.landingAt(this.at)
    const { to: before } = this
    if (to?.columnId === before?.columnId && to?.before === before?.before && to?.after === before?.after)
      return
    this.to = to
    showSlot(this.board, to, this.ids.length > 1 ? undefined : this.id)
  }

  private landingAt({ x, y }: Point): Destination | null {
    const column = [...this.board.querySelectorAll<HTMLElement>('.col')].find((one) => {
      const box = one.getBoundingClientRect()
      return x >= box.left - 6 && x < box.right + 6
    })
    const columnId = column?.dataset.column
    const list = column?.querySelector('.acts')
    if (!list || columnId === undefined) return null
    const all = this.doors.where().lay.get(columnId) ?? []
    const others = all.filter(({ id }) => id !== this.id)
    if (this.ids.length > 1) return { columnId, after: others.at(-1)?.id ?? null, before: null }
    const drawn = [...list.children].filter((child) => child !== this.card && child.hasAttribute('data-card'))
    // Cards lie in their order: halve instead of asking each where it is.
    let [low, high] = [0, drawn.length]
    while (low < high) {
      const middle = (low + high) >> 1
      const box = drawn[middle]?.getBoundingClientRect()
      if (box && y > box.top + box.height / 2) low = middle + 1
      else high = middle
    }
    const id = (at: number) => (drawn[at] as HTMLElement | undefined)?.dataset.card ?? null
    // Of a long column not all are drawn: the neighbours are those of the column, not those of the page.
    const below = low < drawn.length ? others.findIndex((card) => card.id === id(low)) : -1
    const at = below >= 0 ? below : others.findIndex((card) => card.id === id(low - 1)) + 1
    return { columnId, after: others[at - 1]?.id ?? null, before: others[at]?.id ?? null }
  }
}

function ghostOf(card: HTMLElement, width: number, n: number): HTMLElement {
  const ghost = document.createElement('div')
  ghost.className = 'act ghost'
  ghost.setAttribute('aria-hidden', 'true')
  ghost.inert = true
  ghost.style.width = `${width}px`
  const face = card.querySelector('.in')?.cloneNode(true)
  if (face) ghost.append(face)
  if (n > 1) {
    const count = document.createElement('b')
    count.className = 'ghost-count num'
    count.textContent = String(n)
    ghost.append(count)
  }
  return ghost
}

/** The click that ends a drag opens nothing. It comes right after the pointer went up, or not at all. */
function swallowClick(): void {
  const swallow = (event: Event) => {
    event.preventDefault()
    event.stopPropagation()
  }
  window.addEventListener('click', swallow, { capture: true, once: true })
  setTimeout(() => window.removeEventListener('click', swallow, { capture: true }), 0)
}
