import { readFile } from 'node:fs/promises'
import { AwsClient } from 'aws4fetch'
import { SaxesParser } from 'saxes'
import type { FileStore } from '@/lib/commands/file-store'
import { assert } from '@/lib/kit/assert'
import type { S3Config } from '../config'
import { writeDraft } from './drafts'

const HASH = /^[0-9a-f]{64}$/
/** For a whole file of 25 MB over a slow line between two data centres. */
const PATIENCE = 60_000

/** Files in a bucket of S3 or of whatever speaks its protocol: `<prefix>ab/ab12…`. Drafts lie on this machine's disk. */
export function s3Files(config: S3Config, drafts: string): FileStore {
  const { accessKeyId, secretAccessKey, region } = config
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: 3 })
  const root = bucketUrl(config)
  const keyOf = (sha256: string) => {
    assert(HASH.test(sha256), 'files are named by their hash')
    return `${config.prefix}${sha256.slice(0, 2)}/${sha256}`
  }
  const ask = (method: string, path: string, init: RequestInit = {}) =>
    client.fetch(`${root}${path}`, { ...init, method, signal: AbortSignal.timeout(PATIENCE) })

  const put = async (sha256: string, bytes: Uint8Array<ArrayBuffer>) => {
    const answer = await ask('PUT', keyOf(sha256), {
      body: bytes,
      // Signed with the hash of the bytes: what arrives as something else is refused at the other end.
      headers: { 'x-amz-content-sha256': sha256, 'content-type': 'application/octet-stream' },
    })
    await finish(answer, 'keep a file')
  }
  const read: FileStore['read'] = async (sha256) => {
    const answer = await ask('GET', keyOf(sha256))
    if (answer.status === 404) return drop(answer)
    if (!answer.ok || !answer.body) return finish(answer, 'read a file')
    return { size: Number(answer.headers.get('content-length')), stream: answer.body }
  }
  return {
    receive: (body, most) =>
      writeDraft(drafts, body, most, async ({ path, sha256 }) =>
        put(sha256, new Uint8Array(await readFile(path))),
      ),
    keep: (sha256, bytes) => put(sha256, new Uint8Array(bytes)),
    read,
    async whole(sha256) {
      const kept = await read(sha256)
      return kept && new Uint8Array(await new Response(kept.stream).arrayBuffer())
    },
    async keptAt(sha256) {
      const answer = await ask('HEAD', keyOf(sha256))
      if (answer.status === 404) return drop(answer)
      if (!answer.ok) return finish(answer, 'look at a file')
      return Date.parse(answer.headers.get('last-modified') ?? '')
    },
    async remove(sha256) {
      const answer = await ask('DELETE', keyOf(sha256))
      if (answer.status === 404) await drop(answer)
      else await finish(answer, 'delete a file')
    },
    async *list() {
      let after: string | null = null
      do {
        const query: URLSearchParams = new URLSearchParams({ 'list-type': '2', prefix: config.prefix })
        if (after !== null) query.set('continuation-token', after)
        const answer = await ask('GET', `?${query}`)
        if (!answer.ok) return finish(answer, 'list the files')
        const page = readList(await answer.text())
        for (const { key, at } of page.files) {
          const sha256 = key.slice(config.prefix.length + 3)
          // Whatever else lies in the bucket is not ours.
          if (HASH.test(sha256) && key === keyOf(sha256)) yield { sha256, at }
        }
        after = page.next
      } while (after !== null)
    },
  }
}

/** Where the bucket lies, with a slash at the end. */
function bucketUrl({ endpoint, bucket, pathStyle }: S3Config): string {
  const url = new URL(endpoint)
  if (pathStyle) url.pathname = `${url.pathname.replace(/\/+$/, '')}/${bucket}/`
  else {
    url.hostname = `${bucket}.${url.hostname}`
    url.pathname = `${url.pathname.replace(/\/+$/, '')}/`
  }
  return url.href
}

/** The end of an answer whose words nobody reads; a line that is not read to its end is not used again. */
async function drop(answer: Response): Promise<null> {
  await answer.body?.cancel()
  return null
}

async function finish(answer: Response, what: string): Promise<null> {
  if (answer.ok) return drop(answer)
  const code = /<Code>([\w.]{1,60})<\/Code>/.exec(await answer.text())?.[1] ?? 'no code'
  throw new Error(`the file storage refused to ${what}: ${answer.status} ${code}`)
}

interface Listed {
  readonly files: readonly { readonly key: string; readonly at: number }[]
  readonly next: string | null
}

/** A page of ListObjectsV2. */
export function readList(xml: string): Listed {
  const files: { key: string; at: number }[] = []
  const path: string[] = []
  let words = ''
  let key = ''
  let at = 0
  let next: string | null = null
  let more = false
  const parser = new SaxesParser()
  parser.on('opentag', ({ name }) => {
    path.push(name)
    words = ''
  })
  parser.on('text', (text) => {
    words += text
  })
  parser.on('closetag', ({ name }) => {
    path.pop()
    const inside = path.at(-1)
    if (inside === 'Contents' && name === 'Key') key = words
    else if (inside === 'Contents' && name === 'LastModified') at = Date.parse(words)
    else if (name === 'Contents') files.push({ key, at })
    else if (name === 'NextContinuationToken') next = words
    else if (name === 'IsTruncated') more = words === 'true'
  })
  parser.write(xml).close()
  return { files, next: more ? next : null }
}
