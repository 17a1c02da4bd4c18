import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeDocx } from '@/lib/document/docx/write'
import { writeJson } from '@/lib/document/export-json/write'
import { exportedSample, plainWords } from '@/lib/document/testing/exported-sample'
import { saidIn, wordsHash } from '@/lib/document/testing/same-words'
import { mayRewrite } from '@/lib/domain/thread'
import { strategyForExport } from '@/lib/queries/export'
import { type House, house } from '@/lib/testing/builders'
import { refusal } from '@/lib/testing/refusal'
import { strategyThreads } from '../queries/threads'
import { changeMeasure } from './change-measure'
import type { Context } from './context'
import { importFile, tryImport } from './import-file'
import { react } from './react'

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

const refused = async (work: Promise<unknown>) => (await refusal(work)).code

let home: House
let owner: Context
beforeAll(async () => {
  home = await house()
  owner = await home.workspace()
})
afterAll(() => home.close())

const bytesOf = (text: string) => new TextEncoder().encode(text)
const english = { language: 'en' } as const

test.each(['json', 'docx'] as const)(
  'a strategy with threads comes in as %s, and out again the same',
  async (format) => {
    const sample = exportedSample('restaurant-saas', 'zh')
    const bytes = format === 'json' ? bytesOf(writeJson(sample)) : await writeDocx(sample, plainWords)
    const file = { name: `x.${format}`, bytes }
    const dry = await tryImport(owner, file)
    expect(dry).toMatchObject({ format, title: sample.title, language: 'zh', notes: [] })
    expect(dry.counts).toMatchObject({ comments: 6, items: { factor: 13, pain: 6, positioning: 1 } })
    expect(await home.store.sql`select 1 from strategies`).toHaveLength(format === 'json' ? 0 : 1)

    const made = await importFile(owner, file, english)
    const out = await strategyForExport(owner, made.id, { comments: true })
    // The names are the file's: who imported them answers for them, and rewrites none of them.
    const said = await home.store.read.threads.saidInStrategy(made.id)
    expect(said.every((one) => one.memberId === owner.actor.memberId && one.importedAuthor)).toBe(true)
    expect(said.some((one) => mayRewrite(one, owner.actor.memberId))).toBe(false)
    expect(wordsHash(out)).toBe(wordsHash(sample))
    // One that hangs on deleted text has no place among the others.
    const order = (threads: typeof out.threads) =>
      saidIn([...threads].sort((a, b) => (a.comments[0]?.at ?? 0) - (b.comments[0]?.at ?? 0)))
    expect(order(out.threads)).toEqual(order(sample.threads))
  },
)

test('reactions and what is watched come along in JSON, by name; a measure nobody has here is said', async () => {
  const { value: margin } = await changeMeasure(owner, {
    change: { do: 'add', fields: { name: 'Gross margin' } },
  })
  const sample = exportedSample('restaurant-saas', 'en')
  const [first, second, ...rest] = sample.threads
  if (!first || !second) throw new Error('a sample has threads')
  const tried = { resolved: true, outcome: 'watch', reason: 'below 8%', until: '2026-09-29' } as const
  const threads = [
    {
      ...first,
      ...tried,
      measure: 'Gross margin',
      comments: first.comments.map((comment) => ({
        ...comment,
        reactions: [{ reaction: 'yes', by: ['Ines Okafor', '唐荣'] } as const],
      })),
    },
    { ...second, ...tried, measure: 'Days to value' },
    ...rest,
  ]
  const file = { name: 'x.json', bytes: bytesOf(writeJson({ ...sample, threads })) }
  const made = await importFile(owner, file, english)
  const rows = await home.store.read.threads.ofStrategy(made.id)
  expect(rows.flatMap(({ standing }) => (standing.state === 'resolved' ? [standing.outcome] : []))).toEqual(
    expect.arrayContaining([
      { kind: 'watch', reason: 'below 8%', until: '2026-09-29', measureId: margin.id },
      { kind: 'watch', reason: 'below 8% (Days to value)', until: '2026-09-29', measureId: null },
    ]),
  )
  const shown = (await strategyThreads(owner, made.id)).threads
  const reacted = shown.flatMap(({ comments }) => comments.flatMap(({ reactions }) => reactions))
  expect(reacted).toEqual(
    first.comments.map(() => ({ reaction: 'yes', by: [], imported: ['Ines Okafor', '唐荣'] })),
  )
  // One's own joins theirs, and all of it goes out again.
  const thread = shown.find(({ comments }) => comments.some(({ reactions }) => reactions.length > 0))
  const commentId = thread?.comments[0]?.id ?? ''
  await react(owner, { threadId: thread?.id ?? '', commentId, reaction: 'yes', on: true })
  const out = await strategyForExport(owner, made.id, { comments: true })
  const again = out.threads.find(({ id }) => id === thread?.id)
  expect(again).toMatchObject({ until: '2026-09-29', measure: 'Gross margin', reason: 'below 8%' })
  expect(again?.comments[0]?.reactions).toEqual([
    { reaction: 'yes', by: ['Ines Okafor', '唐荣', owner.user.name] },
  ])
})

test('pictures come along in JSON, and one that is none becomes its words', async () => {
  const sample = exportedSample('smart-tourism', 'en', false)
  const image = (fileId: string, alt: string) => ({ type: 'image', attrs: { fileId, alt, width: null } })
  const picture = { name: 'plan.png', type: 'image/png', width: 1, height: 1 }
  const bytes = bytesOf(
    writeJson({
      ...sample,
      chapters: {
        ...sample.chapters,
        preface: [image('fil_one', 'A plan'), image('fil_two', 'A lie'), image('fil_three', 'Nothing')],
      },
      pictures: new Map([
        ['fil_one', { ...picture, fileId: 'fil_one', bytes: png }],
        ['fil_two', { ...picture, fileId: 'fil_two', bytes: bytesOf('<svg onload=alert(1)>') }],
      ]),
    }),
  )
  const dry = await tryImport(owner, { name: 'x.json', bytes })
  expect(dry.notes.filter(({ code }) => code === 'picture_lost')).toHaveLength(2)
  const made = await importFile(owner, { name: 'x.json', bytes }, english)
  const out = await strategyForExport(owner, made.id, { comments: false })
  expect(out.chapters.preface.map(({ type }) => type)).toEqual(['image', 'paragraph', 'paragraph'])
  expect([...out.pictures.values()].map(({ type, bytes }) => [type, bytes.byteLength])).toEqual([
    ['image/png', png.byteLength],
  ])
})

test('what cannot be read creates nothing, and only who may begin strategies may try', async () => {
  const count = async () => (await home.store.sql`select 1 from strategies`).length
  const before = await count()
  for (const [name, bytes, code] of [
    ['x.docx', bytesOf('no archive'), 'wrong_type'],
    ['x.json', bytesOf('{}'), 'import_unreadable'],
    ['x.pdf', bytesOf('%PDF'), 'wrong_type'],
    ['x.md', new Uint8Array(30_000_001), 'too_large'],
  ] as const) {
    expect(await refused(tryImport(owner, { name, bytes }))).toBe(code)
    expect(await refused(importFile(owner, { name, bytes }, english))).toBe(code)
  }
  const member = await home.member(owner, 'member')
  expect(await refused(tryImport(member, { name: 'x.md', bytes: bytesOf('# x') }))).toBe('not_allowed')
  expect(await count()).toBe(before)
})

test('an adviser takes out only what was shared with them', async () => {
  const made = await importFile(
    owner,
    { name: 'x.json', bytes: bytesOf(writeJson(exportedSample('smart-tourism', 'en'))) },
    english,
  )
  const adviser = await home.member(owner, 'adviser')
  expect(await refused(strategyForExport(adviser, made.id, { comments: true }))).toBe('not_found')
  await home.store
    .sql`insert into strategy_access (strategy_id, member_id, level) values (${made.id}, ${adviser.actor.memberId}, 'read')`
  expect((await strategyForExport(adviser, made.id, { comments: true })).threads).toHaveLength(4)
})
