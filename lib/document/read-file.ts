import type { Language } from '@/lib/domain/language'
import type { ThreadForExport } from './exported'
import type { NodeJson } from './json'
import type { Property } from './markdown/frame'
import type { NoteCode } from './markdown/read'
import type { TextRoot } from './roots'

export type FileFormat = 'markdown' | 'docx' | 'json'

/** What an importer says beside the Markdown reader's notes. */
export type FileNoteCode =
  | NoteCode
  | 'comment_unanchored'
  | 'picture_lost'
  | 'picture_linked'
  | 'change_accepted'
  | 'change_rejected'
  | 'footnote_kept'
  | 'object_dropped'
  | 'node_as_text'

export interface FileNote {
  readonly code: FileNoteCode
  /** Line of the file, from 1; in a Word document the paragraph; 0 for the file as a whole. */
  readonly line: number
  readonly text: string
}

/** A picture that came with a file; its place in the text says `fileId: <key>`. */
export interface PictureInFile {
  readonly key: string
  readonly name: string
  readonly bytes: Uint8Array
}

/** A file that was read: everything an import would create, and what it would not. */
export interface ReadFile {
  readonly format: FileFormat
  /** Empty when the file has none. */
  readonly title: string
  readonly language: Language | null
  readonly properties: readonly Property[]
  readonly chapters: Readonly<Record<TextRoot, readonly NodeJson[]>>
  /** Their ids are the ones the marks in the text carry; an import gives new ones. */
  readonly threads: readonly ThreadForExport[]
  readonly pictures: readonly PictureInFile[]
  readonly notes: readonly FileNote[]
}

/** How much of what a file holds: the numbers of a dry run. */
export interface FileCounts {
  readonly headings: number
  readonly paragraphs: number
  readonly lists: number
  readonly tables: number
  readonly pictures: number
  readonly links: number
  readonly comments: number
  /** Items by kind. */
  readonly items: Readonly<Record<string, number>>
}
