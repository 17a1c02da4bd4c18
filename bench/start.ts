import { startApp } from '@/lib/testing/server'
import { type Figure, median } from './figures'

const ROUNDS = 3

/** From the start of the process to the first page answered: on an empty data folder, and on one that exists. */
export async function start(): Promise<Figure[]> {
  const cold: number[] = []
  const warm: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const begun = performance.now()
    const first = await startApp()
    await page(first.url)
    cold.push(performance.now() - begun)
    await first.stop()

    const again = performance.now()
    const second = await startApp({ dataDir: first.dataDir })
    await page(second.url)
    warm.push(performance.now() - again)
    await second.discard()
  }
  return [
    { name: 'built, empty data folder: start to first 200', value: median(cold), unit: 'ms', aim: 5_000 },
    { name: 'built, existing data folder: start to first 200', value: median(warm), unit: 'ms', aim: 2_000 },
  ]
}

async function page(url: string): Promise<void> {
  const answer = await fetch(`${url}/sign-in`)
  await answer.text()
  if (answer.status !== 200) throw new Error(`the sign-in page answered ${answer.status}`)
}
