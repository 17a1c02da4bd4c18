import { expect, test } from 'vitest'
import { checkBoundaries } from './boundaries'
import { describe } from './finding'

const house = (files: Record<string, string>) =>
  checkBoundaries(Object.entries(files).map(([file, text]) => ({ file, text }))).map(describe)

test('imports downhill are fine', () => {
  const findings = house({
    'lib/kit/ids.ts': 'export const a = 1\n',
    'lib/domain/role.ts':
      "import { a } from '@/lib/kit/ids'\nimport { z } from 'zod'\nexport const b = [a, z]\n",
    'lib/commands/rename.ts':
      "import type { Store } from '@/db/store'\nimport { b } from '@/lib/domain/role'\n",
    'lib/server/main.ts':
      "import next from 'next'\nimport { openStore } from '@/db/store'\nimport '@/lib/commands/rename'\n",
    'app/page.tsx':
      "import { page } from '@/app/_server/page'\nimport { rename } from '@/lib/commands/rename'\n",
    'lib/domain/role.test.ts': "import { testDatabase } from '@/lib/testing/database'\n",
  })
  expect(findings).toEqual([])
})

test.each([
  ['lib/kit/ids.ts', '@/lib/domain/role', 'lib/kit imports nothing of ours'],
  ['lib/kit/ids.ts', 'node:crypto', 'lib/kit imports nothing of ours'],
  ['lib/domain/role.ts', '@/db/store', 'no database'],
  ['lib/domain/role.ts', 'drizzle-orm/pg-core', 'no database'],
  ['lib/domain/role.ts', '../commands/rename', 'no database'],
  ['lib/document/outline.ts', '@/lib/commands/rename', 'nothing but lib/domain'],
  ['lib/collab/room/room.ts', 'ws', 'no ws'],
  ['lib/collab/room/room.ts', '@/db/store', 'no Drizzle'],
  ['lib/collab/protocol/frame.ts', '../room/room', 'knows bytes'],
  ['lib/collab/client/provider.ts', '../room/room', 'runs in the browser'],
  ['lib/commands/rename.ts', '@/lib/server/runtime', 'no server'],
  ['lib/commands/rename.ts', 'next/headers', 'no screen'],
  ['lib/queries/home.ts', '@/lib/commands/rename', 'lib/queries'],
  ['lib/server/main.ts', '@/app/page', 'never reaches up'],
  ['db/store.ts', '@/lib/commands/rename', 'no screen'],
  ['db/store.ts', '@/lib/collab/room/room', 'no screen'],
  ['app/page.tsx', '@/lib/server/runtime', 'only through app/_server'],
  ['app/page.tsx', '@/db/store', 'only through app/_server'],
  ['app/page.tsx', 'postgres', 'only through app/_server'],
  ['app/page.tsx', '@/app/_server/visitor', 'open the door'],
  ['e2e/specs/one.ts', '@/app/page', 'from outside'],
])('%s must not import %s', (file, specifier, rule) => {
  const findings = house({ [file]: `\nimport { x } from '${specifier}'\n` })
  expect(findings).toHaveLength(1)
  expect(findings[0]).toContain(`${file}:2: must not import '${specifier}'`)
  expect(findings[0]).toContain(rule)
})

test.each([
  ["import 'ws'"],
  ["export * from 'ws'"],
  ["export { x } from 'ws'"],
  ["import {\n  a,\n  b,\n} from 'ws'"],
  ["import { type A } from 'ws'"],
  ["const a = await import('ws')"],
  ["  const a = require('ws')"],
])('%s is seen as an import', (line) => {
  expect(house({ 'lib/collab/room/room.ts': `${line}\n` })).toHaveLength(1)
})

test('types are free where they bring no code, comments and texts are no imports', () => {
  const findings = house({
    'lib/collab/room/room.ts':
      "import type { WebSocket } from 'ws'\n// import 'ws'\nconst words = \"import 'ws'\"\n",
    'lib/queries/home.ts': "import type { Context } from '@/lib/commands/context'\n",
    'db/journal.ts': "import type { Journal } from '@/lib/collab/room/journal'\n",
  })
  expect(findings).toEqual([])
})

test('what a client component leads to is sent to the browser, over any number of files', () => {
  const findings = house({
    'app/_board/board.tsx': "'use client'\nimport { card } from './card'\n",
    'app/_board/card.tsx':
      "import { read } from '@/lib/queries/home'\nimport { rules } from '@/lib/domain/rules'\n",
    'lib/queries/home.ts': 'export const read = 1\n',
    'lib/domain/rules.ts': 'export const rules = 1\n',
  })
  expect(findings).toEqual([
    expect.stringMatching(/^app\/_board\/card\.tsx:1: .*home.*reached from app\/_board\/board\.tsx/),
  ])
})

test.each([
  ["import 'node:fs'"],
  ["import postgres from 'postgres'"],
  ["import { page } from '@/app/_server/page'"],
])('a client component must not say %s', (line) => {
  const findings = house({ 'app/_board/board.tsx': `'use client'\n\n${line}\n` })
  expect(findings.some((finding) => finding.includes('sent to the browser'))).toBe(true)
})

test('a client component may call server actions and use types of queries', () => {
  const findings = house({
    'app/_board/board.tsx':
      "'use client'\nimport { move } from './actions'\nimport type { Home } from '@/lib/queries/home'\n",
    'app/_board/actions.ts': "'use server'\nimport { read } from '@/lib/queries/home'\n",
    'lib/queries/home.ts': "import 'node:fs'\n",
  })
  expect(findings).toEqual([])
})
