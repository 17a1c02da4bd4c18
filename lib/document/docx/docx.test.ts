import { expect, test } from 'vitest'
import { strategyTemplates } from '../templates'
import { exportedSample, plainWords } from '../testing/exported-sample'
import { saidIn, wordsHash, wordsOf } from '../testing/same-words'
import { readDocx } from './read'
import { writeDocx } from './write'

const all = strategyTemplates.flatMap((template) =>
  (['en', 'zh'] as const).map((language) => [template, language] as const),
)

test.each(all)(
  '%s in %s comes back from Word with its items, words and comments',
  async (template, language) => {
    const strategy = exportedSample(template, language)
    const read = readDocx(await writeDocx(strategy, plainWords))
    expect(read.title).toBe(strategy.title)
    expect(read.language).toBe(language)
    expect(wordsOf(read)).toBe(wordsOf(strategy))
    expect(wordsHash(read)).toBe(wordsHash(strategy))
    expect(saidIn(read.threads)).toEqual(saidIn(strategy.threads))
    expect(read.notes).toEqual([])
  },
)
