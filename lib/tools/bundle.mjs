import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/**
 * Turns a TypeScript program of ours into one JavaScript file.
 * @param {string} entry path from the project's folder
 * @param {string} outfile absolute
 * @param {{ packages?: 'external' | 'bundle' }} [options] 'external' (default): npm packages stay outside, so
 *   that the pages and the server share one instance of each; 'bundle': the file needs no node_modules.
 */
export async function bundle(entry, outfile, { packages = 'external' } = {}) {
  // tsx carries the esbuild it was made for; a second one of our own could only disagree with it.
  const require = createRequire(import.meta.resolve('tsx/package.json'))
  const esbuild = require('esbuild')
  await esbuild.build({
    entryPoints: [path.join(root, entry)],
    outfile,
    bundle: true,
    packages,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    sourcemap: true,
    tsconfig: path.join(root, 'tsconfig.json'),
    absWorkingDir: root,
    logLevel: 'silent',
  })
}
