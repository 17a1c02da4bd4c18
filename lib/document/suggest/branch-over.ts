import * as Y from 'yjs'

/** The proposal's document with everything the strategy's has meanwhile, as a document of its own: destroy it. */
export function branchOver(branch: Uint8Array, main: Uint8Array): Y.Doc {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, main)
  Y.applyUpdate(doc, branch)
  return doc
}

export function docOf(state: Uint8Array): Y.Doc {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, state)
  return doc
}
