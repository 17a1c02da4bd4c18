import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { findChromium, works } from './chromium.mjs'
import { install } from './install.mjs'
import { openPaper } from './paper.mjs'
import { root } from './places.mjs'
import { findRedis } from './redis.mjs'

/**
 * `npm test`, or a part of it: `npm test -- unit [filter]`, `npm test -- e2e [filter]`, also `types` and `lint`.
 * Every step runs whatever became of the one before, so that one run tells everything.
 */
const PARTS = {
  types: { title: 'Types', run: types },
  lint: { title: 'Lint, boundaries, messages', run: lint },
  build: { title: 'Build', run: buildForTests },
  unit: { title: 'Unit, database and socket tests', run: unit },
  e2e: { title: 'Browser tests', run: browser },
}
const WITH = {
  types: ['types'],
  lint: ['lint'],
  build: ['build'],
  unit: ['build', 'unit'],
  e2e: ['build', 'e2e'],
}

const modules = path.join(root, 'node_modules')
const TSC = path.join(modules, 'typescript', 'bin', 'tsc')
const NEXT = path.join(modules, 'next', 'dist', 'bin', 'next')
const BIOME = path.join(modules, '@biomejs', 'biome', 'bin', 'biome')
const VITEST = path.join(modules, 'vitest', 'vitest.mjs')
const PLAYWRIGHT = path.join(modules, '@playwright', 'test', 'cli.js')

let current = null
let interrupted = false

export async function testHouse([part, ...filter]) {
  if (part !== undefined && !(part in PARTS)) {
    console.error(`There is no part called ${part}; there are ${Object.keys(PARTS).join(', ')}.`)
    process.exit(2)
  }
  process.chdir(root)
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => interrupt(signal))
  // A build of the tests' own: an app that runs from this folder keeps its files, and its data.
  process.env.NEXT_DIST_DIR ||= '.next-test'
  process.env.NEXT_TELEMETRY_DISABLED = '1'
  for (const name of ['DATA_DIR', 'DATABASE_URL', 'PORT', 'APP_URL', 'NODE_ENV']) delete process.env[name]
  await install(openPaper())

  const scratch = mkdtempSync(path.join(tmpdir(), 'throughline-test-'))
  const results = []
  for (const name of part === undefined ? Object.keys(PARTS) : WITH[part]) {
    if (interrupted) break
    const { title, run } = PARTS[name]
    console.log(`\n-- ${title}\n`)
    const began = performance.now()
    const result = await run({ scratch, filter: name === part ? filter : [] })
    results.push({ title, ...result, seconds: (performance.now() - began) / 1000 })
  }
  rmSync(scratch, { recursive: true, force: true })
  report(results)
  process.exit(interrupted ? 130 : results.every((result) => result.ok) ? 0 : 1)
}

/** A step that is no test and fails counts as one failed case, so that the last line never hides it. */
function report(results) {
  // Named once more at the end: the output between is long, and who sees its last lines must know what to look at.
  const named = results.flatMap(({ cases }) => cases?.named ?? [])
  if (named.length > 0) console.log(`\n-- Failed, or passed at the second try\n\n${named.join('\n')}`)
  console.log('\n-- Summary\n')
  let passed = 0
  let failed = 0
  for (const { title, ok, seconds, cases } of results) {
    passed += cases?.passed ?? 0
    failed += ok ? 0 : Math.max(cases?.failed ?? 0, 1)
    const count = cases ? `${cases.passed} passed, ${cases.failed} failed` : ''
    console.log(
      `${ok ? 'ok  ' : 'FAIL'}  ${title.padEnd(34)} ${seconds.toFixed(1).padStart(6)} s   ${count}`.trimEnd(),
    )
  }
  if (interrupted) console.log('\nInterrupted.')
  console.log(`\n${passed} passed, ${failed} failed`)
}

async function types() {
  // Writes the declarations of pages and styles that a fresh clone does not have yet.
  const { NEXT_DIST_DIR: _, ...env } = process.env
  const generated = await node([NEXT, 'typegen'], env)
  return { ok: (await node([TSC, '--noEmit'], env)) && generated }
}

async function lint() {
  const biome = await node([BIOME, 'check', '.'])
  return { ok: (await node(['--import', 'tsx', path.join('lib', 'tools', 'check.ts')])) && biome }
}

async function buildForTests() {
  const { build } = await import('./build.mjs')
  const paper = openPaper()
  try {
    await build(paper)
    console.log('The build is up to date.')
    return { ok: true }
  } catch (error) {
    console.error(`\n${error.message}`)
    return { ok: false }
  }
}

async function unit({ scratch, filter }) {
  await redisForTests()
  const json = path.join(scratch, 'vitest.json')
  const config = path.join('lib', 'testing', 'vitest.config.ts')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${json}`]
  const ok = await node([VITEST, 'run', '--config', config, ...reporters, ...filter])
  return finish(ok, json, ({ testResults, numPassedTests, numFailedTests }) => {
    // A file that cannot even be loaded has no cases to count.
    const broken = testResults.filter(
      (file) => file.status === 'failed' && file.assertionResults.length === 0,
    )
    const named = testResults.flatMap((file) => {
      const at = path.relative(root, file.name)
      const failed = file.assertionResults.filter((test) => test.status === 'failed')
      return [
        ...failed.map((test) => line('failed', `${at} > ${test.fullName}`, test.failureMessages.at(-1))),
        ...(broken.includes(file) ? [line('failed', at, file.message)] : []),
      ]
    })
    return { passed: numPassedTests, failed: numFailedTests + broken.length, named }
  })
}

async function browser({ scratch, filter }) {
  const chromium = await chromiumForTests()
  if (chromium === null) return { ok: false }
  const json = path.join(scratch, 'playwright.json')
  const env = { ...process.env, PLAYWRIGHT_JSON_OUTPUT_NAME: json, ...chromium.env }
  const config = path.join('e2e', 'playwright.config.ts')
  const ok = await node([PLAYWRIGHT, 'test', '--config', config, '--reporter=list,json', ...filter], env)
  return finish(ok, json, ({ stats, errors, suites }) => ({
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + errors.length,
    named: suites.flatMap((suite) => notAtOnce(suite)),
  }))
}

/** The lines of a Playwright suite's tests that did not pass at the first try. */
function notAtOnce({ title, specs = [], suites = [] }) {
  const own = specs.flatMap((spec) => spec.tests.map((test) => ({ spec, test })))
  return [
    ...own
      .filter(({ test }) => test.status === 'unexpected' || test.status === 'flaky')
      .map(({ spec, test }) => {
        const message = test.results.find((result) => result.error)?.error.message
        return line(test.status === 'flaky' ? 'twice ' : 'failed', `${title} > ${spec.title}`, message)
      }),
    ...suites.flatMap((suite) => notAtOnce({ ...suite, title: `${title} > ${suite.title}` })),
  ]
}

/** One test that failed, with the beginning of what it said. */
function line(kind, name, message = '') {
  const said = stripVTControlCharacters(message).trim().split('\n').slice(0, 4)
  return [`${kind}  ${name}`, ...said.map((part) => `          ${part.trim().slice(0, 200)}`)].join('\n')
}

function finish(ok, json, count) {
  if (!existsSync(json)) return { ok: false, cases: { passed: 0, failed: 1 } }
  const cases = count(JSON.parse(readFileSync(json, 'utf8')))
  return { ok: ok && cases.failed === 0, cases }
}

/** The machine's own browser, else its package manager's, else Playwright's download. null: none to be had. */
async function chromiumForTests() {
  const found = findChromium()
  if (found && works(found)) return { env: { CHROMIUM_PATH: found } }
  console.log('There is no Chromium here; installing one.')
  await byApt(['chromium', 'fonts-noto-cjk'])
  const installed = findChromium({ ...process.env, CHROMIUM_PATH: '' })
  if (installed && works(installed)) return { env: { CHROMIUM_PATH: installed } }
  if (await node([PLAYWRIGHT, 'install', 'chromium'])) return { env: {} }
  console.error('No Chromium could be installed; install one and set CHROMIUM_PATH to it.')
  return null
}

/** The second bus has tests of its own; without a server they are skipped, and say so. */
async function redisForTests() {
  if (findRedis()) return
  console.log('There is no Redis or Valkey here; installing one.')
  await byApt(['redis-server'])
  if (findRedis()) return
  console.log(
    'Without redis-server or valkey-server on the PATH, the tests of the bus over Redis are skipped.',
  )
}

/** Installs packages where this is root's Debian. Whether they came is seen by looking for them. */
async function byApt(packages) {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return
  // The run level is said to be 1, so that no package starts a service of its own.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' }
  await program('apt-get', ['update', '-qq'], env)
  await program('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], env)
}

function node(args, env = process.env) {
  return program(process.execPath, args, env)
}

/** Runs a program in this terminal; true when it ends well. */
function program(file, args, env) {
  return new Promise((resolve) => {
    if (interrupted) return resolve(false)
    current = spawn(file, args, { stdio: ['ignore', 'inherit', 'inherit'], env })
    current.once('error', (error) => {
      console.error(error.message)
      resolve(false)
    })
    current.once('close', (code) => {
      current = null
      resolve(code === 0)
    })
  })
}

/** Ctrl-C reaches the program by itself; any other signal only us. */
function interrupt(signal) {
  interrupted = true
  if (signal !== 'SIGINT') current?.kill(signal)
}
