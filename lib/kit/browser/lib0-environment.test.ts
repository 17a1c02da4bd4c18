import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { expect, test } from 'vitest'
import * as ours from './lib0-environment'

const require = createRequire(import.meta.url)

test('whoever asks the machine in a page asks for nothing else', () => {
  for (const [name, file, as] of [
    ['yjs', 'yjs.mjs', 'env'],
    ['@tiptap/y-tiptap', 'y-tiptap.js', 'environment'],
  ] as const) {
    const text = readFileSync(path.join(path.dirname(require.resolve(name)), file), 'utf8')
    expect(text).toContain(`import * as ${as} from 'lib0/environment'`)
    const asked = [...text.matchAll(new RegExp(`\\b${as}\\.(\\w+)`, 'g'))].map(([, one]) => one)
    expect(asked.length).toBeGreaterThan(0)
    for (const one of asked) expect(Object.keys(ours)).toContain(one)
  }
})
