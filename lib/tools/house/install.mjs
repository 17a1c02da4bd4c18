import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { runQuietly } from './children.mjs'
import { mendPostgres } from './mend-postgres.mjs'
import { hashFile, root } from './places.mjs'

const RECORD = path.join(root, 'node_modules', '.throughline.json')

/** Installs the packages when they are missing or the lock file says others than those installed. */
export async function install(paper) {
  const lock = hashFile('package-lock.json')
  if (lock !== installedLock()) await getPackages(lock, paper)
  // Every time: what stands there may have been installed by hand, or by an older version of this.
  mendPostgres()
}

async function getPackages(lock, paper) {
  paper.begin(
    existsSync(path.join(root, 'node_modules')) ? 'Updating the packages' : 'Installing the packages',
  )
  // Not `npm ci`: it refuses a lock file over optional packages of other platforms. `--no-save` leaves the
  // lock file as it is. The build needs development packages whatever NODE_ENV says.
  const args = ['install', '--no-audit', '--no-fund', '--no-save', '--include=dev', '--include=optional']
  const { file, prefix } = npm()
  await runQuietly('Installing the packages', file, [...prefix, ...args, '--prefix', root])
  writeFileSync(RECORD, JSON.stringify({ lock }))
  paper.done()
}

function installedLock() {
  try {
    return JSON.parse(readFileSync(RECORD, 'utf8')).lock
  } catch {
    return null
  }
}

/** The npm that runs us, else the one on the PATH. */
function npm() {
  const current = process.env.npm_execpath ?? ''
  if (/npm-cli\.c?js$/.test(current)) return { file: process.execPath, prefix: [current] }
  return { file: process.platform === 'win32' ? 'npm.cmd' : 'npm', prefix: [] }
}
