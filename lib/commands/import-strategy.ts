import { documentFromMarkdown } from '@/lib/document/build'
import { readMarkdown } from '@/lib/document/markdown/read'
import { picturesIn, withPictures } from '@/lib/document/pictures'
import { TEXT_ROOTS } from '@/lib/document/roots'
import type { Language } from '@/lib/domain/language'
import { permit } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'
import { MAX_TITLE, type Strategy } from '@/lib/domain/strategy'
import type { Context } from './context'
import { copyPictures } from './copy-pictures'
import { addStrategy } from './create-strategy'

export const MAX_IMPORT_BYTES = 2_000_000

/** A strategy from a Markdown file in the convention of docs/markdown.md; what it does not know stays as prose. */
export async function importStrategy(
  context: Context,
  input: { readonly markdown: string; readonly fileName: string; readonly language: Language },
): Promise<Strategy> {
  permit(context.actor, 'strategy.create')
  if (new TextEncoder().encode(input.markdown).byteLength > MAX_IMPORT_BYTES) {
    throw new Refusal('too_large', { max: '2 MB' })
  }
  const read = readMarkdown(input.markdown)
  if (!read.ok) throw new Refusal('import_unreadable')
  const title = read.strategy.title || input.fileName.replace(/\.(md|markdown|txt)$/i, '')
  const { chapters } = read.strategy
  // A file taken out of this workspace names its pictures by their ids here.
  const pictures = await copyPictures(
    context,
    TEXT_ROOTS.flatMap((root) => picturesIn(chapters[root])),
  )
  const shown = (root: (typeof TEXT_ROOTS)[number]) => withPictures(chapters[root], pictures.instead)
  return addStrategy(context, {
    title: [...title].slice(0, MAX_TITLE).join(''),
    language: read.strategy.language ?? input.language,
    update: documentFromMarkdown({
      ...read.strategy,
      chapters: {
        preface: shown('preface'),
        situation: shown('situation'),
        difficulties: shown('difficulties'),
        policy: shown('policy'),
        activities: shown('activities'),
      },
    }),
    pictures: pictures.rows,
  })
}
