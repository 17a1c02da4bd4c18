import { expect, test } from 'vitest'
import { matrixOf } from '@/lib/domain/coherence/matrix'
import { words } from '@/lib/i18n/words'
import { must } from '@/lib/kit/assert'
import type { Id } from '@/lib/kit/ids'
import type { BoardName } from '@/lib/queries/board'
import { exampleWorld } from '@/lib/testing/example-world'
import { matrixHtml } from '../_matrix/matrix-html'
import { matrixCsv } from './matrix-csv'
import { matrixSvg } from './matrix-svg'

const world = exampleWorld()
const kinds = ['product', 'marketing', 'sales', 'success', 'organization'] as const
const boards = world.departments.flatMap((departmentId, i): BoardName[] => {
  const boardId = world.activities.find((one) => one.departmentId === departmentId)?.boardId
  const kind = kinds[i]
  return boardId && kind ? [{ boardId, departmentId, kind, name: null }] : []
})
const t = words('en')

/** The example with a title that a spreadsheet would compute and a page would run. */
const EVIL = '=1+1 <script>alert(1)</script> "&"'
const evil = matrixOf({
  ...world,
  activities: world.activities.map((one) => (one.id === 'act_04' ? { ...one, title: EVIL } : one)),
})

test('the CSV has a row per difficulty, then the pet projects, and computes nothing', () => {
  const csv = matrixCsv(evil, boards, t)
  expect(csv).toContain('Nobody works on this.')
  expect(csv).toContain('Serves nothing')
  expect(csv).not.toMatch(/(^|,)"?=1/m)
  expect(csv).toContain(`"'=1+1 <script>alert(1)</script> ""&"" (`)
})

test('the picture and the table hold every word escaped', () => {
  const svg = matrixSvg(evil, boards, 'All <quarters>', t, () => '')
  const html = matrixHtml({
    slug: 'parstock',
    strategyId: 'str_1',
    wordsIn: 'en',
    boards,
    matrix: evil,
    gaps: [],
    mayAsk: true,
    mayAccept: true,
    nameOf: () => 'Ines Okafor',
    caption: 'All <quarters>',
    t,
    language: 'en',
  })
  for (const written of [svg, html]) {
    expect(written).not.toContain('<script>')
    expect(written).not.toContain('<quarters>')
    expect(written).toContain('&lt;script&gt;')
    expect(written).toContain('Nobody works on this.')
  }
})

test('the table has a row per difficulty and a cell per department', () => {
  const matrix = matrixOf(world)
  const html = matrixHtml({
    slug: 'parstock',
    strategyId: null,
    wordsIn: null,
    boards,
    matrix,
    gaps: [],
    mayAsk: false,
    mayAccept: false,
    nameOf: () => '',
    caption: '',
    t,
    language: 'en',
  })
  expect(html.match(/<tr id="/g)).toHaveLength(matrix.rows.length)
  expect(html).not.toContain('data-ask')
  const rows = html.split('<tr').slice(2)
  for (const row of rows) expect(row.includes('colspan="5"') ? 5 : row.match(/<td/g)?.length).toBe(5)
})

test('a row whose risk was accepted says so in the picture too: who, until when and why', () => {
  const [bare] = matrixOf(world).uncovered
  const itemId = must(bare, 'the example has one').itemId
  const matrix = matrixOf({
    ...world,
    risks: [
      {
        itemId,
        until: '2099-03-31',
        reason: 'The partner answers <for> it.',
        by: 'mem_1' as Id<'mem'>,
      },
    ],
  })
  expect(matrix.rows.filter(({ accepted }) => accepted !== null)).toHaveLength(1)
  const svg = matrixSvg(matrix, boards, 'All', t, ({ until, by }) =>
    t('coherence.accepted', { day: until, name: by }),
  )
  expect(svg).toContain('Risk accepted until 2099-03-31, mem_1')
  expect(svg).toContain('The partner answers &lt;for&gt; it.')
  expect(svg).not.toContain('Nobody works on this.')
})
