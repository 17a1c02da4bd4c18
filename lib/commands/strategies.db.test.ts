import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { picturesOf } from '@/lib/document/pictures'
import { TEXT_ROOTS } from '@/lib/document/roots'
import type { Role } from '@/lib/domain/role'
import { newId } from '@/lib/kit/ids'
import { type House, house } from '@/lib/testing/builders'
import { readFileRow } from '../queries/file'
import { strategiesPage } from '../queries/strategies'
import type { Context } from './context'
import { createStrategy } from './create-strategy'
import { duplicateStrategy } from './duplicate-strategy'
import { importFile } from './import-file'
import { makeCurrent } from './make-current'
import { moveStrategy } from './move-strategy'
import { renameStrategy } from './rename-strategy'
import { setStrategyAccess } from './set-strategy-access'
import { uploadImage } from './upload-image'

const paperFile = (markdown: string) => ({ name: 'x.md', bytes: new TextEncoder().encode(markdown) })

let home: House
let owner: Context

beforeAll(async () => {
  home = await house()
  owner = await home.workspace()
})
afterAll(() => home.close())

const blank = (title: string) => ({ title, language: 'en', template: 'blank' }) as const
const refused = (work: Promise<unknown>) =>
  work.then(
    () => 'allowed',
    (error: { code: string }) => error.code,
  )

async function textOf(context: Context, documentId: string): Promise<string> {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, await context.live.readDocument(documentId))
  return TEXT_ROOTS.map((root) => doc.getXmlFragment(root).toString()).join('\n')
}

/** With the ids of items replaced by the order in which they are first named. */
function numbered(text: string): string {
  const seen = new Map<string, string>()
  return text.replace(/itm_\w+/g, (id) => {
    const number = seen.get(id) ?? `itm ${seen.size}`
    seen.set(id, number)
    return number
  })
}

describe('creating', () => {
  it('makes the first strategy the current one and leaves it at that', async () => {
    const first = await createStrategy(owner, blank('First'))
    await createStrategy(owner, blank('Second'))
    const workspace = await owner.store.read.workspaces.find(owner.actor.workspaceId)
    expect(workspace?.currentStrategyId).toBe(first.id)
    expect(home.told.events).toContainEqual({
      room: owner.actor.workspaceId,
      event: { type: 'strategies.changed' },
    })
  })

  it('writes a template into the journal, every chapter in its root', async () => {
    const made = await createStrategy(owner, { title: '战略', language: 'zh', template: 'restaurant-saas' })
    const text = await textOf(owner, made.documentId)
    expect(text).toContain('检查人员开始要求连锁企业说明')
    expect(text).toContain('勺知科技做的是')
    const [row] = await owner.store.sql`select seq from documents where id = ${made.documentId}`
    expect(Number(row?.seq)).toBe(1)
    const clients = await owner.store
      .sql`select user_id from document_clients where document_id = ${made.documentId}`
    expect(clients.map((client) => client.user_id)).toEqual([owner.actor.userId])
  })

  it('refuses an empty, an endless and an invisible title', async () => {
    expect(await refused(createStrategy(owner, blank('  \u200b ')))).toBe('invalid_input')
    expect(await refused(createStrategy(owner, blank('x'.repeat(161))))).toBe('too_long')
    const made = await createStrategy(owner, blank('  two\u0000 words\n'))
    expect(made.title).toBe('two words')
  })

  it('imports Markdown with its title and language', async () => {
    const markdown =
      '# 云栈：战略\n\n- 语言：zh\n\n开头。\n\n## 1 形势\n\n外部。\n\n## 2 重大困难\n\n## 3 指导方针\n\n## 4 连贯性活动\n'
    const made = await importFile(owner, paperFile(markdown), { language: 'en' })
    expect([made.title, made.language]).toEqual(['云栈：战略', 'zh'])
    expect(await textOf(owner, made.documentId)).toContain('外部。')
    expect(await refused(importFile(owner, paperFile('x'.repeat(2_000_001)), { language: 'en' }))).toBe(
      'too_large',
    )
  })

  it('duplicates the words under new Yjs clients', async () => {
    const made = await createStrategy(owner, { title: 'Base', language: 'en', template: 'smart-tourism' })
    const copy = await duplicateStrategy(owner, { strategyId: made.id })
    expect(copy.title).toBe('Base (copy)')
    expect(copy.documentId).not.toBe(made.documentId)
    // Items of a copy are others, and refer to each other as those of the original do.
    const [before, after] = [await textOf(owner, made.documentId), await textOf(owner, copy.documentId)]
    expect(numbered(after)).toBe(numbered(before))
    const ids = new Set(before.match(/itm_\w+/g))
    expect(ids.size).toBeGreaterThan(0)
    expect((after.match(/itm_\w+/g) ?? []).filter((id) => ids.has(id))).toEqual([])
  })
})

describe('pictures', () => {
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
    'base64',
  )
  const paper = (fileId: string) =>
    `# Pictures\n\n## 1 Situation\n\n![plan](/files/${fileId})\n\n> ![plan](/files/${fileId})\n\n## 2 Key difficulties\n\n## 3 Guiding policy\n\n## 4 Coherent activities\n`
  const shownBy = async (documentId: string) => picturesOf(await owner.live.readDocument(documentId))
  const file = (context: Context, id: string) =>
    readFileRow(context, id).then(
      (row) => row,
      (error: { code: string }) => error.code,
    )

  it('of a copy are its own, kept once, and lead nobody to the original', async () => {
    const first = await createStrategy(owner, blank('With a picture'))
    const kept = await uploadImage(owner, { strategyId: first.id, name: 'plan.png', bytes: png })
    const before = (await owner.store.read.files.kept(owner.actor.workspaceId)).shown
    const from = await importFile(owner, paperFile(paper(kept.id)), { language: 'en' })
    const copy = await duplicateStrategy(owner, { strategyId: from.id })
    const [[inFrom, ...more], [inCopy]] = [await shownBy(from.documentId), await shownBy(copy.documentId)]
    // The same picture twice in a text is one file.
    expect(more).toEqual([])
    expect(new Set([kept.id, inFrom, inCopy]).size).toBe(3)
    expect((await owner.store.read.files.kept(owner.actor.workspaceId)).shown).toBe(before)

    const adviser = await home.member(owner, 'adviser')
    await setStrategyAccess(owner, {
      strategyId: copy.id,
      memberId: adviser.actor.memberId,
      level: 'read',
    })
    const seen = await file(adviser, inCopy ?? '')
    expect(seen).toMatchObject({ strategyId: copy.id, name: 'plan.png' })
    expect(await file(adviser, inFrom ?? '')).toBe('not_found')
    expect(await file(adviser, kept.id)).toBe('not_found')
    const original = await file(owner, kept.id)
    expect(seen).toMatchObject({ sha256: typeof original === 'object' ? original.sha256 : '' })
    // Put in the trash, the original does not take away what was pasted from it.
    await moveStrategy(owner, { strategyId: first.id, status: 'trashed' })
    expect(await file(await home.member(owner, 'member'), kept.id)).toMatchObject({ id: kept.id })
  })

  it('of another workspace, or of a strategy one may not read, are not had by naming them', async () => {
    const first = await createStrategy(owner, blank('Kept to some'))
    const kept = await uploadImage(owner, { strategyId: first.id, name: 'plan.png', bytes: png })
    const partner = await home.member(owner, 'partner')
    await setStrategyAccess(owner, {
      strategyId: first.id,
      memberId: partner.actor.memberId,
      level: 'none',
    })
    const elsewhere = await home.workspace('Elsewhere')
    for (const context of [partner, elsewhere]) {
      const made = await importFile(context, paperFile(paper(kept.id)), { language: 'en' })
      // What the importer may not see is not there at all.
      expect(await shownBy(made.documentId)).toEqual([])
      expect(await file(context, kept.id)).toBe('not_found')
    }
  })
})

describe('changing', () => {
  it('renames, counts the revision up and tells only ids to the workspace', async () => {
    const made = await createStrategy(owner, blank('Before'))
    home.told.events.length = 0
    const renamed = await renameStrategy(owner, { strategyId: made.id, title: 'After' })
    expect(renamed.revision).toBe(made.revision + 1)
    expect(home.told.events).toEqual([
      {
        room: made.id,
        event: { type: 'strategy.renamed', strategyId: made.id, title: 'After', revision: renamed.revision },
      },
      { room: owner.actor.workspaceId, event: { type: 'strategies.changed' } },
    ])
  })

  it('archives, trashes and restores, closing open pages each time', async () => {
    const made = await createStrategy(owner, blank('To move'))
    for (const status of ['archived', 'trashed', 'active'] as const) {
      home.told.revoked.length = 0
      expect((await moveStrategy(owner, { strategyId: made.id, status })).status).toBe(status)
      expect(home.told.revoked).toEqual([{ documentId: made.documentId }])
    }
    // A second click changes nothing and closes nobody's page.
    home.told.revoked.length = 0
    await moveStrategy(owner, { strategyId: made.id, status: 'active' })
    expect(home.told.revoked).toEqual([])
    const [row] = await owner.store.sql`select access_revision from documents where id = ${made.documentId}`
    expect(row?.access_revision).toBe(4)
  })

  it('keeps the current strategy where it is', async () => {
    const made = await createStrategy(owner, blank('To become current'))
    await makeCurrent(owner, { strategyId: made.id })
    expect(await refused(moveStrategy(owner, { strategyId: made.id, status: 'trashed' }))).toBe(
      'strategy_is_current',
    )
    const other = await createStrategy(owner, blank('Another'))
    await moveStrategy(owner, { strategyId: other.id, status: 'archived' })
    expect(await refused(makeCurrent(owner, { strategyId: other.id }))).toBe('strategy_not_editable')
    expect(await refused(renameStrategy(owner, { strategyId: other.id, title: 'X' }))).toBe(
      'strategy_not_editable',
    )
  })
})

describe('who may', () => {
  it('answers strangers as if there were nothing', async () => {
    const made = await createStrategy(owner, blank('Ours'))
    const stranger = await home.workspace('Elsewhere')
    const missing = newId('str')
    for (const strategyId of [made.id, missing, 'str_\u0000', '../x', '']) {
      expect(await refused(renameStrategy(stranger, { strategyId, title: 'Theirs' }))).toBe('not_found')
      expect(await refused(duplicateStrategy(stranger, { strategyId }))).toBe('not_found')
      expect(await refused(moveStrategy(stranger, { strategyId, status: 'trashed' }))).toBe('not_found')
      expect(await refused(makeCurrent(stranger, { strategyId }))).toBe('not_found')
    }
    expect((await strategiesPage(stranger)).strategies).toEqual([])
  })

  it.each<[Role, string, string]>([
    ['partner', 'allowed', 'allowed'],
    ['manager', 'not_allowed', 'not_allowed'],
    ['member', 'not_allowed', 'not_allowed'],
    ['adviser', 'not_found', 'not_allowed'],
    ['viewer', 'not_allowed', 'not_allowed'],
  ])('lets a %s rename: %s, create: %s', async (role, rename, create) => {
    const made = await createStrategy(owner, blank(`For ${role}`))
    const member = await home.member(owner, role)
    expect(await refused(renameStrategy(member, { strategyId: made.id, title: 'New' }))).toBe(rename)
    expect(await refused(createStrategy(member, blank('Mine')))).toBe(create)
  })

  it('widens and narrows per strategy, at once', async () => {
    const made = await createStrategy(owner, blank('Shared'))
    const adviser = await home.member(owner, 'adviser')
    const partner = await home.member(owner, 'partner')
    expect((await strategiesPage(adviser)).strategies).toEqual([])

    home.told.revoked.length = 0
    await setStrategyAccess(owner, {
      strategyId: made.id,
      memberId: adviser.actor.memberId,
      level: 'comment',
    })
    expect(home.told.revoked).toEqual([{ memberId: adviser.actor.memberId }])
    expect((await strategiesPage(adviser)).strategies.map((s) => [s.title, s.mayEdit])).toEqual([
      ['Shared', false],
    ])
    expect((await home.again(adviser)).actor.revision).toBe(adviser.actor.revision + 1)

    await setStrategyAccess(owner, { strategyId: made.id, memberId: partner.actor.memberId, level: 'read' })
    expect(await refused(renameStrategy(partner, { strategyId: made.id, title: 'X' }))).toBe('not_allowed')
    await setStrategyAccess(owner, { strategyId: made.id, memberId: partner.actor.memberId, level: null })
    expect(await refused(renameStrategy(partner, { strategyId: made.id, title: 'X' }))).toBe('allowed')
    expect(
      await refused(
        setStrategyAccess(partner, { strategyId: made.id, memberId: partner.actor.memberId, level: 'none' }),
      ),
    ).toBe('not_allowed')
  })

  it('gives nothing to a member of another workspace', async () => {
    const made = await createStrategy(owner, blank('Not for them'))
    const stranger = await home.workspace('Next door')
    expect(
      await refused(
        setStrategyAccess(owner, { strategyId: made.id, memberId: stranger.actor.memberId, level: 'edit' }),
      ),
    ).toBe('not_found')
  })
})
