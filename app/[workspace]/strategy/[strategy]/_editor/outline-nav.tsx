'use client'
import { useEffect, useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { CHAPTERS, type TextRoot } from '@/lib/document/roots'
import { headingElements, type Outline } from './outline'

export type ElementOf = (root: TextRoot) => HTMLElement | null

/** Pixels below the bars at which a heading counts as reached. */
const REACHED = 48

interface Spot {
  readonly chapter: number
  /** Which heading of it; -1: before the first. */
  readonly heading: number
}

/** Chapters and headings, with the place one is at. Numerals only where the window is narrow. */
export function OutlineNav({ outline, elementOf }: { outline: Outline; elementOf: ElementOf }) {
  const t = useWords()
  const spot = useSpot(elementOf)
  return (
    <nav className="toc" aria-label={t('editor.chapters')}>
      <ol>
        {CHAPTERS.map((root, i) => (
          <li key={root} className={`o${i + 1}`}>
            <a
              href={`#c${i + 1}`}
              title={t(`editor.${root}`)}
              aria-current={spot.chapter === i && spot.heading < 0 ? 'true' : undefined}
              data-here={spot.chapter === i ? '' : undefined}
            >
              <span className="n">{t(numeral(i))}</span>
              <span>{t(`editor.${root}`)}</span>
            </a>
            {outline[root].length > 0 && (
              <ol>
                {outline[root]
                  .filter((heading) => heading.level === 3)
                  .map((heading) => (
                    <li key={heading.index}>
                      <a
                        href={`#c${i + 1}`}
                        aria-current={
                          spot.chapter === i && spot.heading === heading.index ? 'true' : undefined
                        }
                        onClick={(event) => {
                          if (goTo(elementOf, root, heading.index)) event.preventDefault()
                        }}
                      >
                        {heading.text}
                      </a>
                      {heading.expired ? (
                        <span className="flag">{t('items.outline_expired', { n: heading.expired })}</span>
                      ) : null}
                    </li>
                  ))}
              </ol>
            )}
          </li>
        ))}
      </ol>
    </nav>
  )
}

export function numeral(chapter: number) {
  return (
    (['editor.chapter_1', 'editor.chapter_2', 'editor.chapter_3', 'editor.chapter_4'] as const)[chapter] ??
    'editor.chapter_1'
  )
}

/** Scrolls to the n-th heading of a chapter. Answers whether it is there. */
export function goTo(elementOf: ElementOf, root: TextRoot, index: number): boolean {
  const chapter = elementOf(root)
  const heading = chapter ? headingElements(chapter)[index] : undefined
  if (!heading) return false
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches
  heading.scrollIntoView({ behavior: calm ? 'auto' : 'smooth', block: 'start' })
  return true
}

function useSpot(elementOf: ElementOf): Spot {
  const [spot, setSpot] = useState<Spot>({ chapter: 0, heading: -1 })
  useEffect(() => {
    let frame = 0
    const look = () => {
      frame = 0
      const next = read(elementOf)
      setSpot((now) => (now.chapter === next.chapter && now.heading === next.heading ? now : next))
    }
    const soon = () => {
      if (frame === 0) frame = requestAnimationFrame(look)
    }
    soon()
    window.addEventListener('scroll', soon, { passive: true })
    window.addEventListener('resize', soon)
    return () => {
      cancelAnimationFrame(frame)
      window.removeEventListener('scroll', soon)
      window.removeEventListener('resize', soon)
    }
  }, [elementOf])
  return spot
}

function read(elementOf: ElementOf): Spot {
  const line = Number.parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) || 108
  const edge = line + REACHED
  let chapter = 0
  for (const [i, root] of CHAPTERS.entries()) {
    const section = elementOf(root)?.closest('section')
    if (section && section.getBoundingClientRect().top <= edge) chapter = i
  }
  const root = CHAPTERS[chapter]
  const element = root ? elementOf(root) : null
  let heading = -1
  // Only the chapter one is in is measured.
  for (const [i, one] of (element ? headingElements(element) : []).entries()) {
    if (one.tagName !== 'H3') continue
    if (one.getBoundingClientRect().top > edge) break
    heading = i
  }
  return { chapter, heading }
}
