import { TEXT_ROOTS, type TextRoot } from '@/lib/document/roots'

export interface Heading {
  readonly text: string
  /** 3 to 5. */
  readonly level: number
  /** Which heading of its chapter it is, from 0. */
  readonly index: number
  /** Factors below it whose day has passed. */
  readonly expired?: number
}

export type Outline = Readonly<Record<TextRoot, readonly Heading[]>>

/** The headings of a chapter as drawn: the same before and after the editor took over, in the order of lib/document. */
export function headingElements(chapter: Element): HTMLElement[] {
  return [...chapter.querySelectorAll<HTMLElement>('h3, h4, h5')]
}

export function readOutline(elementOf: (root: TextRoot) => Element | null): Outline {
  const read = (root: TextRoot): readonly Heading[] => {
    const chapter = elementOf(root)
    if (!chapter) return []
    const expired = expiredBelow(chapter)
    return headingElements(chapter)
      .map((heading, index) => ({
        index,
        text: (heading.textContent ?? '').trim().slice(0, 120),
        level: Number(heading.tagName.charAt(1)),
        expired: expired.get(heading) ?? 0,
      }))
      .filter((heading) => heading.text !== '')
  }
  return Object.fromEntries(TEXT_ROOTS.map((root) => [root, read(root)])) as Record<
    TextRoot,
    readonly Heading[]
  >
}

/** Counted under the headings the outline shows. */
function expiredBelow(chapter: Element): ReadonlyMap<Element, number> {
  const counts = new Map<Element, number>()
  let heading: Element | null = null
  for (const element of chapter.querySelectorAll('h3, .item[data-expired]')) {
    if (element.tagName === 'H3') heading = element
    else if (heading) counts.set(heading, (counts.get(heading) ?? 0) + 1)
  }
  return counts
}

export function sameOutline(one: Outline, other: Outline): boolean {
  return TEXT_ROOTS.every((root) => {
    const a = one[root]
    const b = other[root]
    return (
      a.length === b.length &&
      a.every(
        (heading, i) =>
          heading.text === b[i]?.text &&
          heading.level === b[i]?.level &&
          heading.index === b[i]?.index &&
          (heading.expired ?? 0) === (b[i]?.expired ?? 0),
      )
    )
  })
}
