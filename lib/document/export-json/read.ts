import { Refusal } from '@/lib/domain/refusal'
import type { ThreadForExport } from '../exported'
import type { FileNote, PictureInFile, ReadFile } from '../read-file'
import type { TEXT_ROOTS, TextRoot } from '../roots'
import { cleanNodes } from './clean-nodes'
import { strategyFile } from './schema'

/** Reads a file that `writeJson` wrote, or anybody: nothing in it is believed before the schema has judged it. */
export function readJson(text: string): ReadFile {
  let given: unknown
  try {
    given = JSON.parse(text.replace(/^\ufeff/, ''))
  } catch {
    throw new Refusal('import_unreadable')
  }
  const parsed = strategyFile.safeParse(given)
  if (!parsed.success) throw new Refusal('import_unreadable')
  const file = parsed.data
  const notes: FileNote[] = []
  const threads = file.threads.map(
    (thread): ThreadForExport => ({
      ...thread,
      comments: thread.comments.map((comment) => ({
        ...comment,
        at: Date.parse(comment.at),
        editedAt: comment.editedAt === null ? null : Date.parse(comment.editedAt),
      })),
    }),
  )
  const known = new Set(threads.map(({ id }) => id))
  const pictures = new Map<string, PictureInFile>()
  for (const { id, name, data } of file.pictures)
    pictures.set(id, { key: id, name, bytes: new Uint8Array(Buffer.from(data, 'base64')) })
  const read = (root: TextRoot) => cleanNodes(file.chapters[root], { notes, threads: known })
  return {
    format: 'json',
    title: file.title,
    language: file.language,
    properties: file.properties.map(([key, value]) => [oneLine(key), oneLine(value)]),
    chapters: {
      preface: read('preface'),
      situation: read('situation'),
      difficulties: read('difficulties'),
      policy: read('policy'),
      activities: read('activities'),
    } satisfies Record<(typeof TEXT_ROOTS)[number], unknown>,
    threads,
    pictures: [...pictures.values()],
    notes,
  }
}

function oneLine(text: string): string {
  return text.replace(/[\r\n]+/g, ' ')
}
