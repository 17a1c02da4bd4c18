import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const brotli = promisify(brotliCompress)
const zip = promisify(gzip)

/**
 * Compresses the build's scripts and styles once, as well as can be, for lib/server/packed.ts to send: `packed/` has
 * the files of `static/`, each as `.br` and `.gz`. Compressing for each visitor there is time for less only.
 */
export async function pack(dist) {
  const from = path.join(dist, 'static')
  const entries = await readdir(from, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile() && /\.(js|css)$/.test(entry.name))
  await Promise.all(
    files.map(async (entry) => {
      const file = path.join(entry.parentPath, entry.name)
      const to = path.join(dist, 'packed', path.relative(from, file))
      const plain = await readFile(file)
      const params = {
        [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
        [constants.BROTLI_PARAM_SIZE_HINT]: plain.length,
      }
      const [br, gz] = await Promise.all([brotli(plain, { params }), zip(plain, { level: 9 })])
      await mkdir(path.dirname(to), { recursive: true })
      await Promise.all([writeFile(`${to}.br`, br), writeFile(`${to}.gz`, gz)])
    }),
  )
}
