import { must } from '@/lib/kit/assert'
import type { Id } from '@/lib/kit/ids'
import { Refusal } from './refusal'

/** A scan of a contract or a film of a minute fits; a disk image does not. */
export const MAX_ATTACHMENT_BYTES = 25_000_000
export const MAX_ATTACHMENTS = 50
export const MAX_FILE_NAME = 200

/** What the bytes of a file are, as far as an icon and a filter care. */
export const attachmentKinds = [
  'picture',
  'pdf',
  'document',
  'sheet',
  'slides',
  'text',
  'archive',
  'sound',
  'film',
  'other',
] as const
export type AttachmentKind = (typeof attachmentKinds)[number]

/** A file of an activity. Its bytes never change. */
export interface Attachment {
  readonly id: Id<'fil'>
  readonly activityId: Id<'act'>
  readonly name: string
  readonly kind: AttachmentKind
  /** Bytes. */
  readonly size: number
  /** Of a picture, which a page may show; pixels. */
  readonly picture: { readonly width: number; readonly height: number } | null
  readonly by: Id<'mem'>
  /** Milliseconds since 1970. */
  readonly at: number
}

/** Types a browser shows as pictures and cannot take for anything else. */
export const pictureTypes: ReadonlySet<string> = new Set([
  'image/png',
  'image/jpeg',
  'image/webp',
  'image/gif',
])

/** What is kept as a file's type, and what it tells people. Everything but pictures is only ever downloaded. */
const kinds: Readonly<Record<string, AttachmentKind>> = {
  'application/pdf': 'pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'document',
  'application/vnd.oasis.opendocument.text': 'document',
  'application/rtf': 'document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'sheet',
  'application/vnd.oasis.opendocument.spreadsheet': 'sheet',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'slides',
  'application/vnd.oasis.opendocument.presentation': 'slides',
  'text/plain': 'text',
  'application/zip': 'archive',
  'application/gzip': 'archive',
  'application/x-7z-compressed': 'archive',
  'application/vnd.rar': 'archive',
  'audio/mpeg': 'sound',
  'audio/wav': 'sound',
  'audio/flac': 'sound',
  'video/mp4': 'film',
  'video/webm': 'film',
}

export function kindOf(type: string): AttachmentKind {
  if (pictureTypes.has(type)) return 'picture'
  return (Object.hasOwn(kinds, type) && kinds[type]) || 'other'
}

/**
 * Endings a desktop runs when they are clicked. Many of them are plain text, so that no look at the bytes finds them;
 * the ending is what makes them run.
 */
const running: ReadonlySet<string> = new Set(
  `exe com scr pif cpl msi msp mst msc bat cmd ps1 psm1 psd1 ps1xml vb vbs vbe js jse mjs cjs ws wsf wsh wsc hta sct
   lnk url inf reg scf chm jar jnlp app command workflow action dmg pkg deb rpm appimage desktop sh bash zsh csh
   fish run bin elf so dylib dll sys drv ocx gadget appref-ms application msix appx xll iso img vhd vhdx`.split(
    /\s+/,
  ),
)

/** A file as people see it, of the row that is kept. */
export function attachmentOf(row: {
  readonly id: Id<'fil'>
  readonly activityId: Id<'act'> | null
  readonly name: string
  readonly type: string
  readonly size: number
  readonly width: number | null
  readonly height: number | null
  readonly uploadedBy: Id<'mem'>
  readonly createdAt: Date
}): Attachment {
  const { id, activityId, name, size, width, height } = row
  return {
    id,
    activityId: must(activityId, 'only files of activities are attachments'),
    name,
    kind: kindOf(row.type),
    size,
    picture: width === null || height === null ? null : { width, height },
    by: row.uploadedBy,
    at: row.createdAt.getTime(),
  }
}

/**
 * The name a file is kept and downloaded under: without a path, without anything invisible or that turns the
 * direction of writing, at most 200 characters with its ending. Refuses `wrong_type` for one that a desktop would run.
 */
export function cleanFileName(given: string): string {
  const name = given
    .slice(-2_000)
    .normalize('NFC')
    .replace(/^.*[/\\]/su, '')
    // Format signs (Cf) hold the one that shows `exe.fdp` for `pdf.exe`; `:` names a hidden stream on Windows.
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}:*?"<>|]+/gu, ' ')
    .replace(/\s+/gu, ' ')
    // Windows drops dots and spaces at the end, and what stood before them becomes the ending.
    .replace(/^[\s]+|[\s.]+$/gu, '')
  if (running.has(endingOf(name))) throw new Refusal('wrong_type')
  if (name === '' || /^\.+$/.test(name)) return 'file'
  const letters = [...name]
  if (letters.length <= MAX_FILE_NAME) return name
  const ending = [...endingOf(name)].slice(0, 20)
  const tail = ending.length > 0 ? `.${ending.join('')}` : ''
  return `${letters
    .slice(0, MAX_FILE_NAME - tail.length)
    .join('')
    .trimEnd()}${tail}`
}

function endingOf(name: string): string {
  return /\.([^.\s]+)$/u.exec(name)?.[1]?.toLowerCase() ?? ''
}

/** Programs, whatever they are called. Nothing on a board is there to be run. */
const programs: readonly (readonly number[])[] = [
  [0x4d, 0x5a], // Windows
  [0x7f, 0x45, 0x4c, 0x46], // Linux
  [0xfe, 0xed, 0xfa, 0xce], // macOS, in its four orders, and for several processors together (as Java's classes)
  [0xfe, 0xed, 0xfa, 0xcf],
  [0xce, 0xfa, 0xed, 0xfe],
  [0xcf, 0xfa, 0xed, 0xfe],
  [0xca, 0xfe, 0xba, 0xbe],
  [0x23, 0x21], // #!
  [0x4c, 0x00, 0x00, 0x00, 0x01, 0x14, 0x02, 0x00], // a link of Windows
  [0x00, 0x61, 0x73, 0x6d], // WebAssembly
]

const signatures: readonly (readonly [type: string, at: number, bytes: string])[] = [
  ['application/pdf', 0, '%PDF-'],
  ['application/gzip', 0, '\x1f\x8b'],
  ['application/x-7z-compressed', 0, "7z\xbc\xaf'\x1c"],
  ['application/vnd.rar', 0, 'Rar!\x1a\x07'],
  ['application/rtf', 0, '{\\rtf'],
  ['audio/mpeg', 0, 'ID3'],
  ['audio/flac', 0, 'fLaC'],
  ['audio/wav', 8, 'WAVE'],
  ['video/mp4', 4, 'ftyp'],
  ['video/webm', 0, '\x1a\x45\xdf\xa3'],
]

/** Where the first entry of an archive says what it is: office files write theirs in front. */
const inArchives: readonly (readonly [type: string, mark: string])[] = [
  ['application/vnd.oasis.opendocument.text', 'mimetypeapplication/vnd.oasis.opendocument.text'],
  [
    'application/vnd.oasis.opendocument.spreadsheet',
    'mimetypeapplication/vnd.oasis.opendocument.spreadsheet',
  ],
  [
    'application/vnd.oasis.opendocument.presentation',
    'mimetypeapplication/vnd.oasis.opendocument.presentation',
  ],
  ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'word/'],
  ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'xl/'],
  ['application/vnd.openxmlformats-officedocument.presentationml.presentation', 'ppt/'],
]

/**
 * The type of a file by its first bytes, which are all that is looked at: what is packed inside is never unpacked here.
 * `application/octet-stream` where it is not known. Pictures are for whoever measures them. Refuses `wrong_type` for a
 * program.
 */
export function typeOfBytes(head: Uint8Array): string {
  if (programs.some((signature) => signature.every((byte, i) => head[i] === byte)))
    throw new Refusal('wrong_type')
  const latin = String.fromCharCode(...head.subarray(0, 4_096))
  for (const [type, at, bytes] of signatures) if (latin.startsWith(bytes, at)) return type
  if (latin.startsWith('PK\x03\x04') || latin.startsWith('PK\x05\x06'))
    return inArchives.find(([, mark]) => latin.includes(mark))?.[0] ?? 'application/zip'
  return isText(head) ? 'text/plain' : 'application/octet-stream'
}

function isText(head: Uint8Array): boolean {
  if (head.length === 0 || head.includes(0)) return false
  try {
    // As a stream: the last letter may be cut in two.
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
    return true
  } catch {
    return false
  }
}
