import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { bundle } from '../bundle.mjs'
import { runQuietly } from './children.mjs'
import { pack } from './pack.mjs'
import { distDir, root } from './places.mjs'

const SOURCES = [
  'app',
  'lib',
  'db',
  'package.json',
  'package-lock.json',
  'next.config.js',
  'tsconfig.json',
  '.postcssrc.json',
]
/** Changes in these change nothing of what is built. */
const NOT_BUILT = /\.(test|spec)\.tsx?$|\/testing\/|^lib\/tools\/|^db\/migrations\/|\/\.DS_Store$/

/**
 * For programs that are loaded before the build is there. Not in its folder: Node remembers that a folder had no
 * package.json, and would then take the pages Next puts there for modules of another kind.
 */
const SCRATCH = path.join(root, 'node_modules', '.cache', 'throughline')

/** Builds pages and server when the sources differ from those of the last build. The path of the server's file. */
export async function build(paper, ending) {
  const dist = path.resolve(root, distDir(process.env))
  const server = path.join(dist, 'throughline.mjs')
  const record = path.join(dist, 'throughline.json')
  const sources = hashSources()
  const isBuilt = () =>
    existsSync(server) && existsSync(path.join(dist, 'BUILD_ID')) && builtFrom(record) === sources
  if (isBuilt()) return server
  const hold = await holdDataDirMeanwhile()
  const turn = await oneAtATime(dist)
  try {
    if (isBuilt()) return server
    paper?.begin('Building the app')
    // A build that is interrupted must not look like one.
    rmSync(record, { force: true })
    const env = { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' }
    const next = path.join(root, 'node_modules', 'next', 'dist', 'bin', 'next')
    await keeping(['tsconfig.json', 'next-env.d.ts'], () =>
      runQuietly('Building the app', process.execPath, [next, 'build', root], env),
    )
    ending?.check()
    await Promise.all([
      pack(dist),
      bundle('lib/server/main.ts', server),
      ...['exchange', 'projection'].map((room) =>
        bundle(`lib/server/${room}/worker.ts`, path.join(dist, `throughline-${room}.mjs`)),
      ),
    ])
    writeFileSync(record, JSON.stringify({ sources }))
    paper?.done()
    return server
  } finally {
    turn.over()
    await hold.release()
  }
}

/** Next writes the name of an output folder other than its usual one into these files; they are not its to change. */
async function keeping(files, work) {
  const before = files.map((file) =>
    existsSync(path.join(root, file)) ? readFileSync(path.join(root, file)) : null,
  )
  try {
    await work()
  } finally {
    files.forEach((file, index) => {
      const was = before[index]
      if (was && !was.equals(readFileSync(path.join(root, file)))) writeFileSync(path.join(root, file), was)
    })
  }
}

/** Two builds into one folder would destroy each other; the second waits, and mostly finds nothing left to do. */
async function oneAtATime(dist) {
  mkdirSync(SCRATCH, { recursive: true })
  const file = path.join(SCRATCH, `building-${path.basename(dist)}`)
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' })
      return { over: () => rmSync(file, { force: true }) }
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    if (isAbandoned(file)) rmSync(file, { force: true })
    await delay(200)
  }
}

function isAbandoned(file) {
  try {
    const pid = Number(readFileSync(file, 'utf8'))
    // A file without a number is one that is just being written.
    if (pid === 0) return Date.now() - statSync(file).mtimeMs > 5_000
    process.kill(pid, 0)
    return false
  } catch (error) {
    return error.code === 'ESRCH'
  }
}

/** Development: only the server is bundled, Next compiles pages as they are asked for. */
export async function loadForDevelopment() {
  return loadOnce('lib/server/main.ts')
}

/** Bundles a program of ours, loads it, and leaves no file behind. */
async function loadOnce(entry) {
  const file = path.join(SCRATCH, `${path.basename(entry, '.ts')}-${process.pid}.mjs`)
  await bundle(entry, file)
  try {
    return await import(pathToFileURL(file).href)
  } finally {
    for (const used of [file, `${file}.map`]) rmSync(used, { force: true })
  }
}

/** By content, not by time: a checkout of the same sources is the same build. Some milliseconds. */
export function hashSources() {
  const hash = createHash('sha256')
  for (const file of SOURCES.flatMap(filesBelow).sort()) {
    if (!NOT_BUILT.test(file))
      hash
        .update(`${file}\0`)
        .update(readFileSync(path.join(root, file)))
        .update('\0')
  }
  return hash.digest('hex')
}

function filesBelow(place) {
  const full = path.join(root, place)
  if (!existsSync(full)) return []
  if (path.extname(place) === '.json' || path.extname(place) === '.js') return [place]
  return readdirSync(full, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
}

function builtFrom(record) {
  try {
    return JSON.parse(readFileSync(record, 'utf8')).sources
  } catch {
    return null
  }
}

/** An app that runs on our data runs from our build: it is found out before its files are replaced. */
async function holdDataDirMeanwhile() {
  if (!process.env.DATA_DIR) return { release: async () => {} }
  const { holdDataDir } = await loadOnce('lib/server/lifecycle/hold-data-dir.ts')
  return holdDataDir(process.env.DATA_DIR)
}
