import { Refusal } from '@/lib/domain/refusal'
import { readDocx } from './docx/read'
import { readJson } from './export-json/read'
import { fileKind } from './file-kind'
import { readMarkdown } from './markdown/read'
import type { ReadFile } from './read-file'

/** Characters of text a strategy in Markdown may have. */
const MAX_TEXT_BYTES = 2_000_000

/**
 * Reads a file by the ending of its name, having looked whether its bytes are what it says. Writes nothing, opens
 * nothing, loads nothing. Refuses with `wrong_type`, `too_large`, `archive_too_large`, `unsafe_xml` or
 * `import_unreadable`.
 */
export function readFile(file: { readonly name: string; readonly bytes: Uint8Array }): ReadFile {
  switch (fileKind(file)) {
    case 'docx':
      return readDocx(file.bytes)
    case 'json':
      return readJson(textOf(file.bytes))
    case 'markdown':
      return markdown(file.bytes)
  }
}

function markdown(bytes: Uint8Array): ReadFile {
  if (bytes.byteLength > MAX_TEXT_BYTES) throw new Refusal('too_large', { max: '2 MB' })
  const read = readMarkdown(textOf(bytes))
  if (!read.ok)
    throw read.code === 'too_large'
      ? new Refusal('too_large', { max: '2 MB' })
      : new Refusal('import_unreadable')
  const { title, language, properties, chapters } = read.strategy
  return {
    format: 'markdown',
    title,
    language,
    properties,
    chapters,
    threads: [],
    pictures: [],
    notes: read.report,
  }
}

/** Text is UTF-8; a picture hardly ever is. */
function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Refusal('wrong_type')
  }
}
