import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { build, loadForDevelopment } from './build.mjs'
import { Ended, endChildren } from './children.mjs'
import { install } from './install.mjs'
import { openPaper } from './paper.mjs'
import { distDir, root } from './places.mjs'
import { choosePort } from './port.mjs'
import { inOneSentence } from './words.mjs'

/** Everything must be over by then; a supervisor would otherwise pull the plug. */
const END_WITHIN_MS = 9_000
/** On Ctrl-C the terminal tells us and npm, and npm tells us again: one wish, heard twice. */
const SAME_WISH_MS = 1_000

/** Installs, builds and serves, in this process, until a signal ends it. */
export async function startHouse({ dev }) {
  // The terminal may go away before we do.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  const paper = openPaper()
  const ending = listenForTheEnd(paper)
  try {
    prepareEnvironment(dev)
    process.chdir(root)
    const port = await choosePort(process.env)
    process.env.PORT = String(port.number)
    await install(paper)
    ending.check()
    const server = dev ? null : await build(paper, ending)
    ending.check()
    paper.begin(dev ? 'Starting for development' : 'Starting')
    // A stack in the log names our lines, not those of the bundle.
    process.setSourceMapsEnabled(true)
    const { main } = server ? await import(pathToFileURL(server).href) : await loadForDevelopment()
    const app = await quietly(dev, () => main({ dev, progress: (line) => paper.begin(line) }))
    ending.stopBy(() => app.stop('signal'))
    if (!ending.begun) paper.address(app.url, { dev, dataDir: process.env.DATA_DIR, note: port.note })
  } catch (error) {
    if (error instanceof Ended || ending.begun) return ending.finish()
    paper.sorry(inOneSentence(error))
    process.exit(1)
  }
}

/** Next greets on the console while it starts; in production the block is ours. */
async function quietly(dev, work) {
  const { log } = console
  if (!dev) console.log = () => {}
  try {
    return await work()
  } finally {
    console.log = log
  }
}

function prepareEnvironment(dev) {
  process.env.NODE_ENV = dev ? 'development' : 'production'
  // Nothing of a self-hosted app reports home.
  process.env.NEXT_TELEMETRY_DISABLED = '1'
  const from = process.env.DATA_DIR ? process.cwd() : root
  process.env.DATA_DIR = path.resolve(from, process.env.DATA_DIR || '.data')
  process.env.NEXT_DIST_DIR = distDir(process.env)
}

/** The first signal ends everything in order, whatever we are doing; a second one does not wait for the order. */
function listenForTheEnd(paper) {
  let begunAt = 0
  let stop
  let finishing

  const ending = {
    get begun() {
      return begunAt > 0
    },
    check() {
      if (begunAt > 0) throw new Ended()
    },
    /** From now on there is an app to stop; when the wish came while it was starting, it stops at once. */
    stopBy(how) {
      stop = how
      if (begunAt > 0) void ending.finish()
    },
    finish() {
      finishing ??= finish()
      return finishing
    },
  }

  async function finish() {
    await endChildren()
    try {
      await stop?.()
    } catch (error) {
      paper.sorry(inOneSentence(error))
      process.exit(1)
    }
    paper.farewell()
    process.exit(0)
  }

  function hear() {
    if (begunAt > 0) {
      if (performance.now() - begunAt > SAME_WISH_MS) process.exit(130)
      return
    }
    begunAt = performance.now()
    paper.ending()
    setTimeout(() => {
      paper.sorry('It did not end in time; what was saved is safe, and the next start tidies up.')
      process.exit(1)
    }, END_WITHIN_MS).unref()
    void endChildren()
    if (stop) void ending.finish()
  }

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, hear)
  if (process.env.npm_lifecycle_event && process.platform !== 'win32') {
    // Whoever kills npm means us, but a killed npm, or the shell it started us by, cannot pass that on.
    const parent = process.ppid
    const watch = setInterval(() => {
      if (process.ppid === parent) return
      clearInterval(watch)
      hear()
    }, 300)
    watch.unref()
  }
  return ending
}
