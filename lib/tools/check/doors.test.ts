import { expect, test } from 'vitest'
import { checkDoors } from './doors'
import { describe } from './finding'

const names = new Set(['strategy.read', 'public'])
const check = (file: string, text: string) => checkDoors([{ file, text }], names).map(describe)

const PAGE = "import { page } from '@/app/_server/page'\n"
const ROUTE = "import { route } from '@/app/_server/route'\n"
const ACTION = "'use server'\nimport { action } from '@/app/_server/action'\n"

test.each([
  ['app/a/page.tsx', `${PAGE}export const metadata = {}\nexport default page('public', async () => null)\n`],
  [
    'app/a/page.tsx',
    `${PAGE}const Home = page(\n  'strategy.read',\n  async () => null,\n)\nexport default Home\n`,
  ],
  [
    'app/a/route.ts',
    `${ROUTE}export const dynamic = 'force-dynamic'\nexport const GET = route('public', run)\n`,
  ],
  [
    'app/a/actions.ts',
    `${ACTION}export const rename = action('strategy.read', schema, run)\nexport type A = 1\n`,
  ],
  ['app/a/layout.tsx', 'export default function Layout() {}\n'],
  ['app/a/card.tsx', 'export function Card() {}\n'],
  ['app/_server/action.ts', 'export function action() {}\n'],
])('%s is fine when wrapped: %#', (file, text) => {
  expect(check(file, text)).toEqual([])
})

test.each([
  [
    'a page without wrapper',
    'app/a/page.tsx',
    'export default async function Page() {}\n',
    'must be wrapped',
  ],
  [
    'a page wrapped by a namesake',
    'app/a/page.tsx',
    "import { page } from './p'\nexport default page('public')\n",
    'must be wrapped',
  ],
  [
    'the import without its use',
    'app/a/page.tsx',
    `${PAGE}export default function Page() {}\n`,
    'must be wrapped',
  ],
  [
    'an unlisted name',
    'app/a/page.tsx',
    `${PAGE}export default page('strategy.steal', run)\n`,
    "'strategy.steal', which",
  ],
  ['a computed name', 'app/a/page.tsx', `${PAGE}export default page(name, run)\n`, 'as a plain text'],
  [
    'early metadata',
    'app/a/page.tsx',
    `${PAGE}export async function generateMetadata() {}\nexport default page('public', run)\n`,
    'before the page asks',
  ],
  ['a bare handler', 'app/a/route.ts', `${ROUTE}export async function POST() {}\n`, "'POST' must be wrapped"],
  [
    'a second, bare handler',
    'app/a/route.ts',
    `${ROUTE}export const GET = route('public', run)\nexport const PUT = run\n`,
    "'PUT' must be wrapped",
  ],
  [
    're-exported handlers',
    'app/a/route.ts',
    `${ROUTE}export { handler as GET, handler as POST }\n`,
    "'GET' must be wrapped",
  ],
  ['re-exported everything', 'app/a/route.ts', `${ROUTE}export * from './other'\n`, 'no method'],
  [
    'a bare action',
    'app/a/actions.ts',
    `${ACTION}export async function rename() {}\n`,
    "'rename' must be wrapped",
  ],
  [
    'a default action',
    'app/a/actions.ts',
    `${ACTION}export default async () => {}\n`,
    "'default' must be wrapped",
  ],
  [
    'a listed action',
    'app/a/actions.ts',
    `${ACTION}async function rename() {}\nexport { rename }\n`,
    "'rename' must be wrapped",
  ],
  [
    'an unlisted action',
    'app/a/actions.ts',
    `${ACTION}export const rename = action('nothing', s, r)\n`,
    "'nothing', which",
  ],
  [
    'an action inside a component',
    'app/a/card.tsx',
    "export function Card() {\n  async function save() {\n    'use server'\n  }\n}\n",
    'on top of a file',
  ],
])('%s is found', (_, file, text, words) => {
  const findings = check(file, text)
  expect(findings.join('\n')).toContain(words)
  expect(findings[0]).toMatch(new RegExp(`^${file}:\\d+: `))
})
