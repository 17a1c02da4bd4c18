import { existsSync, readdirSync, readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import path from 'node:path'

interface Packed {
  readonly type: string
  readonly br: Buffer
  readonly gzip: Buffer
}

/** Smallest first. */
const encodings = ['br', 'gzip'] as const
const types: Readonly<Record<string, string>> = {
  // Without a charset: theirs is the page's, which says UTF-8.
  '.js': 'text/javascript',
  '.css': 'text/css',
}

/**
 * The build's scripts and styles as lib/tools/house/pack.mjs has compressed them, held in memory (about a megabyte).
 * Answers whether it has sent the file: what it does not know, and who takes nothing compressed, is for Next. Only names that were
 * there at the start are known, so no address leads out of the folder.
 */
export function openPacked(dist: string): (request: IncomingMessage, response: ServerResponse) => boolean {
  const known = readPacked(path.join(dist, 'packed'))
  return (request, response) => {
    const { method, url = '' } = request
    if (method !== 'GET' && method !== 'HEAD') return false
    const file = known.get(url.split('?', 1)[0] ?? '')
    if (!file) return false
    const encoding = encodings.find((one) => takes(request.headers['accept-encoding'], one))
    if (!encoding) return false
    const body = file[encoding]
    // A page asks for twenty of these, and HTTP/1.1 keeps a connection without being told.
    response.removeHeader('connection')
    response.writeHead(200, {
      'content-type': file.type,
      'content-encoding': encoding,
      'content-length': body.length,
      // The names of the build's files are made from what is in them.
      'cache-control': 'max-age=31536000, immutable',
      vary: 'accept-encoding',
    })
    response.end(method === 'HEAD' ? undefined : body)
    return true
  }
}

/** By address. None where nothing was packed: in development. */
function readPacked(folder: string): ReadonlyMap<string, Packed> {
  if (!existsSync(folder)) return new Map()
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return new Map(
    files.flatMap((file) => {
      if (!file.endsWith('.br')) return []
      const name = file.slice(0, -'.br'.length)
      const type = types[path.extname(name)]
      if (type === undefined) return []
      const read = (ending: string) => readFileSync(path.join(folder, `${name}.${ending}`))
      const address = `/_next/static/${name.split(path.sep).join('/')}`
      return [[address, { type, br: read('br'), gzip: read('gz') }] as const]
    }),
  )
}

/** `br;q=0` says no. */
function takes(header: string | string[] | undefined, encoding: string): boolean {
  return String(header ?? '')
    .split(',')
    .some((part) => {
      const [name = '', ...rest] = part.split(';').map((word) => word.trim().toLowerCase())
      return name === encoding && !rest.some((word) => /^q=0(\.0*)?$/.test(word))
    })
}
