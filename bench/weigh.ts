import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { deflateRawSync, gzipSync } from 'node:zlib'
import type { Figure } from './figures'
import { openHouse, smallTeam } from './house'

/** Smaller than this a source is not named, KB. */
const WORTH_NAMING = 0.25

/**
 * What the scripts of a page consist of: the gzip bytes of each source, by the source maps of a build of its own. A
 * source's share of its file is what it would weigh alone, in proportion; the figures are for finding things, not limits.
 */
export async function weigh(): Promise<Figure[]> {
  process.env.SOURCE_MAPS = '1'
  process.env.NEXT_DIST_DIR = '.next-weigh'
  const house = await openHouse()
  try {
    const us = await smallTeam(house)
    const pages = { settings: `${us.workspace}/settings`, strategy: us.strategy }
    const figures: Figure[] = []
    for (const [name, path] of Object.entries(pages)) {
      const page = await us.owner.context.newPage()
      const scripts = new Set<string>()
      page.on('response', (response) => {
        if (response.request().resourceType() === 'script') scripts.add(new URL(response.url()).pathname)
      })
      await page.goto(path)
      await page.waitForLoadState('networkidle')
      await page.close()
      const shares = new Map<string, number>()
      for (const script of scripts)
        for (const [source, bytes] of sharesOf(
          join(process.env.NEXT_DIST_DIR, 'static', 'chunks', basename(script)),
        ))
          shares.set(source, (shares.get(source) ?? 0) + bytes)
      for (const [source, bytes] of [...shares].sort(([, one], [, other]) => other - one))
        if (bytes / 1_000 >= WORTH_NAMING)
          figures.push({ name: `${name}: ${source}`, value: bytes / 1_000, unit: 'KB' })
    }
    return figures
  } finally {
    await house.close()
  }
}

/** Gzip bytes by source. */
function sharesOf(file: string): Map<string, number> {
  const script = readFileSync(file, 'utf8')
  const whole = gzipSync(script, { level: 9 }).length
  const map = /sourceMappingURL=(\S+)\s*$/.exec(script)?.[1]
  if (!map) return new Map([[basename(file), whole]])
  const text = new Map<string, string>()
  for (const [from, to, source] of stretches(
    script,
    JSON.parse(readFileSync(join(file, '..', map), 'utf8')),
  )) {
    const name = source.replace(/^.*\[project\]\//, '').replace(/^node_modules\//, '')
    text.set(name, (text.get(name) ?? '') + script.slice(from, to))
  }
  const alone = [...text].map(
    ([source, code]) => [source, deflateRawSync(code, { level: 9 }).length] as const,
  )
  const sum = alone.reduce((total, [, bytes]) => total + bytes, 0)
  return new Map(alone.map(([source, bytes]) => [source, (bytes / sum) * whole]))
}

interface SourceMap {
  readonly sources?: readonly string[]
  readonly mappings?: string
  readonly sections?: readonly {
    readonly offset: { readonly line: number; readonly column: number }
    readonly map: SourceMap
  }[]
}

/** Which stretch of a script comes from which source. */
function stretches(script: string, map: SourceMap): (readonly [from: number, to: number, source: string])[] {
  const lines = [0]
  for (let at = script.indexOf('\n'); at >= 0; at = script.indexOf('\n', at + 1)) lines.push(at + 1)
  const points: { at: number; source: string }[] = []
  const read = ({ sources = [], mappings = '', sections = [] }: SourceMap, line: number, column: number) => {
    for (const { offset, map } of sections) read(map, offset.line, offset.column)
    let source = 0
    for (const [i, segments] of mappings.split(';').entries()) {
      let at = i === 0 ? column : 0
      for (const segment of segments.split(',')) {
        const [columns, step] = numbers(segment)
        if (columns === undefined) continue
        at += columns
        if (step === undefined) continue
        source += step
        points.push({ at: (lines[line + i] ?? script.length) + at, source: sources[source] ?? '' })
      }
    }
  }
  read(map, 0, 0)
  points.sort((one, other) => one.at - other.at)
  return points.map(({ at, source }, i) => [at, points[i + 1]?.at ?? script.length, source])
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** The numbers of a segment, as source maps write them. */
function numbers(segment: string): number[] {
  const found: number[] = []
  let value = 0
  let shift = 0
  for (const letter of segment) {
    const digit = DIGITS.indexOf(letter)
    value += (digit & 31) << shift
    shift += 5
    if (digit & 32) continue
    found.push(value & 1 ? -(value >> 1) : value >> 1)
    value = 0
    shift = 0
  }
  return found
}
