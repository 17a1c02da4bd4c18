import * as Y from 'yjs'
import { type Pairing, pairLanguages } from '@/lib/document/items/pair-languages'
import { permit } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'
import { captureVersion } from './capture-version'
import type { Context } from './context'
import { type FileToImport, readWhole } from './import-file'

export type { Pairing } from '@/lib/document/items/pair-languages'

/** What the second file of a pair would bring into a strategy. Changes nothing. */
export async function tryAddLanguage(
  context: Context,
  file: FileToImport,
  input: { readonly strategyId: string },
): Promise<Pairing> {
  const strategy = await editable(context, input.strategyId)
  const { read } = await readWhole(context, file)
  const doc = new Y.Doc()
  Y.applyUpdate(doc, await context.live.readDocument(strategy.documentId))
  const pairing = pairLanguages(doc, read)
  doc.destroy()
  return pairing
}

/**
 * Brings the positioning in the other language into a strategy, while others write on. Fills what is empty and leaves
 * every word that stands there alone; the state before is kept as a version.
 */
export async function addLanguage(
  context: Context,
  file: FileToImport,
  input: { readonly strategyId: string },
): Promise<Pairing> {
  const strategy = await editable(context, input.strategyId)
  const { read } = await readWhole(context, file)
  await captureVersion(context, strategy.id, 'before_import')
  const { actor, live } = context
  const { value } = await live.edit(
    strategy.documentId,
    { userId: actor.userId, sessionId: actor.sessionId },
    (doc) => pairLanguages(doc, read),
  )
  return value
}

async function editable({ actor, store }: Context, strategyId: string) {
  const strategy = await store.read.strategies.find(strategyId, actor.memberId)
  if (!strategy) throw new Refusal('not_found')
  permit(actor, 'strategy.edit', { kind: 'strategy', strategy })
  return strategy
}
