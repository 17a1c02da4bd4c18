import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, describe as group, test } from 'vitest'
import { describe } from './finding'
import { checkMessages } from './messages'
import { checkMigrations } from './migrations'
import { sourceFiles } from './source-files'
import { checkTopLevel } from './top-level'
import { checkUnusedMessages } from './unused-messages'
import { checkVersions } from './versions'

let root: string
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'throughline check 检 '))
})
afterEach(() => rm(root, { recursive: true, force: true }))

async function write(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(path.join(root, file)), { recursive: true })
  await writeFile(path.join(root, file), text)
}

group('messages', () => {
  const say = async (en: unknown, zh: unknown) => {
    await write('lib/i18n/messages/en/home.json', typeof en === 'string' ? en : JSON.stringify(en, null, 2))
    await write('lib/i18n/messages/zh/home.json', typeof zh === 'string' ? zh : JSON.stringify(zh, null, 2))
    return (await checkMessages(root)).map(describe)
  }

  test('equal keys and arguments are fine, however differently they are said', async () => {
    const en = {
      hi: 'Hi {name}',
      n: '{count, plural, one {# card by {who}} other {# cards by {who}}}',
      t: '<b>{a}</b>',
    }
    const zh = { hi: '{name}，你好', n: '{who} 的 {count} 张卡片', t: '<b>{a}</b>' }
    expect(await say(en, zh)).toEqual([])
  })

  test.each([
    ['a key missing in Chinese', { a: 'A', b: 'B' }, { a: '甲' }, "zh/home.json: lacks 'b'"],
    ['a key missing in English', { a: 'A' }, { a: '甲', b: '乙' }, "en/home.json: lacks 'b'"],
    ['an empty message', { a: 'A' }, { a: ' ' }, "'a' is empty"],
    ['another argument', { a: 'By {name}' }, { a: '由 {user}' }, "'a' takes user here, but name"],
    [
      'an argument lost in a branch',
      { a: '{n, plural, other {{x}}}' },
      { a: '{n}' },
      "'a' takes n here, but n, x",
    ],
    ['a tag lost', { a: '<b>A</b>' }, { a: '甲' }, "'a' takes no arguments here, but <b>"],
    ['broken syntax', { a: 'A {n, plural}' }, { a: '甲' }, "en/home.json: 'a' is not a valid message"],
    ['a nested message', { a: { b: 'B' } }, { a: { b: '乙' } }, 'messages are flat'],
    ['a key given twice', '{\n  "a": "A",\n  "a": "B"\n}', { a: '甲' }, 'has "a" twice'],
    ['broken JSON', '{', { a: '甲' }, 'is not JSON'],
  ])('%s is found', async (_, en, zh, words) => {
    expect((await say(en, zh)).join('\n')).toContain(words)
  })

  test('a whole file missing in one language is found', async () => {
    await write('lib/i18n/messages/en/extra.json', '{"a":"A"}')
    expect((await say({ a: 'A' }, { a: '甲' })).join('\n')).toContain('zh/extra.json: is missing')
  })

  test('no messages at all is found', async () => {
    expect(await checkMessages(root)).toHaveLength(1)
  })
})

group('unused messages', () => {
  const unused = async (messages: object, ...texts: string[]) => {
    await write('lib/i18n/messages/en/home.json', JSON.stringify(messages, null, 2))
    const files = texts.map((text, index) => ({ file: `app/${index}.tsx`, text }))
    return (await checkUnusedMessages(root, files)).map(describe)
  }

  test('a full name, a computed beginning and a sum count as use', async () => {
    const messages = { title: 'T', role_owner: 'O', role_viewer: 'V', tab_one: '1' }
    const texts = ["t('home.title')", `t(\`home.role_\${role}\`)`, "t('home.tab_' + tab)"]
    expect(await unused(messages, ...texts)).toEqual([])
  })

  test('a message without use is found by file and line; a longer name and a test are no use', async () => {
    const findings = await unused({ title: 'T', more: 'M' }, "t('home.title_long')", "t('home.more')")
    expect(findings).toEqual(["lib/i18n/messages/en/home.json:2: nobody says 'home.title'; remove it."])
    const inTest = [{ file: 'app/a.test.tsx', text: "t('home.title')" }]
    expect(await checkUnusedMessages(root, inTest)).toHaveLength(2)
  })
})

group('versions', () => {
  const safe = { next: '16.4.6', 'next-auth': '4.24.12', ws: '8.23.0', nodemailer: '10.0.0' }
  const lock = async (versions: Record<string, string>, more: Record<string, string> = {}) => {
    const all = Object.fromEntries(Object.entries(versions).map(([name, v]) => [`node_modules/${name}`, v]))
    const packages = Object.entries({ ...all, ...more }).map(([where, version]) => [where, { version }])
    await write('package-lock.json', JSON.stringify({ packages: Object.fromEntries(packages) }))
    return (await checkVersions(root)).map(describe)
  }

  test('at or above the floor is fine', async () => expect(await lock(safe)).toEqual([]))
  test.each([
    ['next', '16.2.5'],
    ['next', '15.9.9'],
    ['next', '16.2.6-canary.3'],
    ['next-auth', '4.24.11'],
    ['ws', '8.17.0'],
    ['nodemailer', '7.0.9'],
  ])('%s %s is found', async (name, version) => {
    expect((await lock({ ...safe, [name]: version })).join()).toContain(`node_modules/${name} is ${version}`)
  })
  test('an old copy below another package is found', async () => {
    expect(await lock(safe, { 'node_modules/x/node_modules/ws': '7.5.0' })).toHaveLength(1)
  })
  test('a missing package is found', async () => {
    expect(await lock({ next: '16.4.6' })).toHaveLength(3)
  })
})

group('top level', () => {
  test('only what is listed or ignored may lie there', async () => {
    await write('.gitignore', 'node_modules/\n.next*/\n*.log\n')
    for (const fine of [
      'app/page.tsx',
      'README.md',
      'node_modules/x/y.js',
      '.next-me/a',
      'npm.log',
      '.git/HEAD',
    ]) {
      await write(fine, '')
    }
    expect(await checkTopLevel(root)).toEqual([])
    await write('vitest.config.ts', '')
    await write('scripts/a.sh', '')
    expect((await checkTopLevel(root)).map((finding) => finding.file).sort()).toEqual([
      'scripts',
      'vitest.config.ts',
    ])
  })
})

group('source files', () => {
  test('TypeScript of every folder is read, what others wrote is not', async () => {
    for (const file of [
      'app/[x]/page.tsx',
      'lib/a/b.ts',
      'lib/a/c.d.ts',
      'lib/a/d.md',
      'lib/node_modules/e.ts',
    ]) {
      await write(file, file)
    }
    const found = await sourceFiles(root, ['app', 'lib', 'bench'])
    expect(found).toEqual([
      { file: 'app/[x]/page.tsx', text: 'app/[x]/page.tsx' },
      { file: 'lib/a/b.ts', text: 'lib/a/b.ts' },
    ])
  })
})

group('migrations', () => {
  test('a column that no migration knows is found', async () => {
    const house = path.resolve(import.meta.dirname, '../../..')
    await cp(path.join(house, 'db', 'migrations'), path.join(root, 'db', 'migrations'), { recursive: true })
    await cp(path.join(house, 'db', 'schema'), path.join(root, 'db', 'schema'), { recursive: true })
    await cp(path.join(house, 'tsconfig.json'), path.join(root, 'tsconfig.json'))
    for (const folder of ['lib', 'node_modules'])
      await symlink(path.join(house, folder), path.join(root, folder))
    expect(await checkMigrations(root)).toEqual([])
    await write(
      'db/schema/extra.ts',
      "import { pgTable, text } from 'drizzle-orm/pg-core'\nexport const extra = pgTable('extra', { id: text().primaryKey() })\n",
    )
    await write('db/schema/both.ts', "export * from './index'\nexport * from './extra'\n")
    const findings = (await checkMigrations(root, 'db/schema/both.ts')).map(describe)
    expect(findings.join()).toContain('differs from db/schema/both.ts')
    expect(findings.join()).toContain('.sql')
  })
})
