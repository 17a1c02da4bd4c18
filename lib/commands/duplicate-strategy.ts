import { duplicateDocument } from '@/lib/document/duplicate'
import { picturesOf } from '@/lib/document/pictures'
import { permit } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'
import { MAX_TITLE, type Strategy } from '@/lib/domain/strategy'
import { words } from '@/lib/i18n/words'
import type { Context } from './context'
import { copyPictures } from './copy-pictures'
import { addStrategy } from './create-strategy'

/** A second strategy with the same words and a history of its own: an alternative draft. */
export async function duplicateStrategy(
  context: Context,
  input: { readonly strategyId: string },
): Promise<Strategy> {
  const { actor, store, live } = context
  const strategy = await store.read.strategies.find(input.strategyId, actor.memberId)
  if (!strategy) throw new Refusal('not_found')
  permit(actor, 'strategy.duplicate', { kind: 'strategy', strategy })
  const state = await live.readDocument(strategy.documentId)
  const pictures = await copyPictures(context, picturesOf(state))
  const title = words(strategy.language)('strategy.copy_title', { title: strategy.title })
  return addStrategy(context, {
    title: [...title].slice(0, MAX_TITLE).join(''),
    language: strategy.language,
    update: duplicateDocument(state, undefined, pictures.instead),
    pictures: pictures.rows,
  })
}
