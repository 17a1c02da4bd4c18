import { Refusal } from '@/lib/domain/refusal'
import type { FileFormat } from './read-file'

const ENDINGS: Readonly<Record<string, FileFormat>> = {
  docx: 'docx',
  json: 'json',
  md: 'markdown',
  markdown: 'markdown',
  txt: 'markdown',
}

/**
 * What a file says it is by the ending of its name, if its first look does not give it the lie: an archive begins like
 * one, and text has no zero bytes. Refuses with `wrong_type`. Costs next to nothing.
 */
export function fileKind(file: { readonly name: string; readonly bytes: Uint8Array }): FileFormat {
  const ending = /\.([a-z0-9]+)$/i.exec(file.name)?.[1]?.toLowerCase() ?? ''
  const format = Object.hasOwn(ENDINGS, ending) ? ENDINGS[ending] : undefined
  if (!format) throw new Refusal('wrong_type')
  const [p, k] = file.bytes
  const isArchive = p === 0x50 && k === 0x4b
  if (format === 'docx' ? !isArchive : file.bytes.includes(0)) throw new Refusal('wrong_type')
  return format
}
