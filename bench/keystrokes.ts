import type { Page } from '@playwright/test'
import { open } from '@/e2e/support/strategy'
import type { TextRoot } from '@/lib/document/roots'
import { type Figure, quantile } from './figures'
import { importItems, importLarge, openHouse, smallTeam } from './house'

const KEYS = 150

/** Typing: own keystroke to paint, and from one browser to the other's page, in a small, in a large strategy and among 500 items. */
export async function keystrokes(): Promise<Figure[]> {
  const house = await openHouse()
  try {
    const us = await smallTeam(house)
    const large = await importLarge(us)
    const items = await importItems(us)
    const peer = await us.join('Tomás Rivas', 'partner')
    const figures: Figure[] = []
    for (const [name, path, root] of [
      ['small', us.strategy, 'policy'],
      ['100,000 characters', large, 'policy'],
      ['500 items', items, 'situation'],
    ] as const) {
      await open(us.owner.page, path)
      await open(peer.page, path)
      const paint = await typeAndWatch(us.owner.page, peer.page, root)
      figures.push(
        {
          name: `${name}: own keystroke to paint, p50`,
          value: quantile(paint.own, 0.5),
          unit: 'ms',
          aim: 16,
        },
        {
          name: `${name}: own keystroke to paint, p95`,
          value: quantile(paint.own, 0.95),
          unit: 'ms',
          aim: 33,
        },
        {
          name: `${name}: keystroke to the other's page, p50`,
          value: quantile(paint.peer, 0.5),
          unit: 'ms',
          aim: 12,
        },
        {
          name: `${name}: keystroke to the other's page, p95`,
          value: quantile(paint.peer, 0.95),
          unit: 'ms',
          aim: 25,
        },
      )
    }
    return figures
  } finally {
    await house.close()
  }
}

/** Typing at the end of a chapter. */
export const typeAndWatch = (author: Page, peer: Page, root: TextRoot = 'policy') =>
  typeAt(author, peer, `[data-root="${root}"] .text`)

/** Both pages run on one machine's clock. A letter at a time, at a quick typist's pace, at the end of a text. */
export async function typeAt(
  author: Page,
  peer: Page,
  place: string,
): Promise<{ own: number[]; peer: number[] }> {
  await author.evaluate((where) => {
    const watched = { sent: [] as number[], painted: [] as number[], seen: [] as number[] }
    Object.assign(window, { watched })
    document.querySelector(where)?.addEventListener(
      'keydown',
      () => {
        const at = performance.timeOrigin + performance.now()
        watched.sent.push(at)
        // A message after the next frame's callback runs when that frame has been painted.
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel()
          port1.onmessage = () => watched.painted.push(performance.timeOrigin + performance.now() - at)
          port2.postMessage(null)
        })
      },
      true,
    )
  }, place)
  await peer.evaluate((where) => {
    const watched = { sent: [] as number[], painted: [] as number[], seen: [] as number[] }
    Object.assign(window, { watched })
    let marks = document.querySelector(where)?.textContent?.split('q').length ?? 0
    new MutationObserver(() => {
      const now = document.querySelector(where)?.textContent?.split('q').length ?? 0
      for (; marks < now; marks++) watched.seen.push(performance.timeOrigin + performance.now())
    }).observe(document.querySelector(where) ?? document.body, {
      subtree: true,
      childList: true,
      characterData: true,
    })
  }, place)

  await author.locator(place).click()
  await author.keyboard.press('ControlOrMeta+End')
  await author.waitForTimeout(500)
  const read = (page: Page) => page.evaluate(() => window.watched)
  const before = (await read(author)).sent.length
  for (let i = 0; i < KEYS; i++) {
    await author.keyboard.press('q')
    await author.waitForTimeout(60)
  }
  await author.waitForTimeout(1_000)
  const wrote = await read(author)
  const saw = await read(peer)
  const sent = wrote.sent.slice(before)
  if (saw.seen.length !== sent.length)
    throw new Error(`typed ${sent.length} letters, the other page showed ${saw.seen.length}`)
  return {
    own: wrote.painted.slice(before),
    peer: saw.seen.map((at, i) => at - (sent[i] ?? Number.NaN)),
  }
}
