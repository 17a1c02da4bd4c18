import * as Y from 'yjs'
import type { Limits } from '../limits'
import type { ScannedUpdate } from '../protocol/scan-update'
import type { Roots } from './ports'

/** Which user each Yjs client id of a document belongs to; null: the server's own. */
export type Owners = ReadonlyMap<number, string | null>

export type Verdict =
  | {
      readonly kind: 'pass'
      /** Client ids this update is the first to use. */
      readonly claims: readonly number[]
      /** Starts exactly where the document ends: its bytes can be kept as they are. */
      readonly exact: boolean
    }
  /** It builds on something this document does not have. Applying it would pile up in pendingStructs. */
  | { readonly kind: 'gap' }
  /** New structs under a client id that is another user's. */
  | { readonly kind: 'forged' }
  | { readonly kind: 'bad'; readonly why: string }

const NO_CLAIMS: readonly number[] = []

/** Judges an update against the document it would change, without touching it. `known`: where a client's structs end there. */
export function judge(
  update: ScannedUpdate,
  bytes: number,
  known: (client: number) => number,
  owners: Owners,
  userId: string,
  roots: Roots,
  limits: Limits,
): Verdict {
  let claims: number[] | null = null
  let exact = true
  for (const section of update.sections) {
    const end = known(section.client)
    if (section.from > end) return { kind: 'gap' }
    if (section.from < end) exact = false
    if (section.to <= end) continue
    const owner = owners.get(section.client)
    if (owner === undefined) {
      claims ??= []
      claims.push(section.client)
    } else if (owner !== userId) return { kind: 'forged' }
  }
  if (claims !== null && claims.length > limits.newClientsPerFrame)
    return { kind: 'bad', why: 'too many new client ids' }
  const inFrame = endsInFrame(update)
  for (const [client, clock] of update.needs) {
    if (clock >= known(client) && clock >= inFrame(client)) return { kind: 'gap' }
  }
  for (const [client, end] of update.deletes) {
    if (end > known(client) && end > inFrame(client)) return { kind: 'gap' }
  }
  if (update.freeClocks > bytes * limits.freeClocksPerByte + limits.freeClocksPerFrame)
    return { kind: 'bad', why: 'claims clocks without content' }
  for (const [name, way] of update.roots) {
    const type = Object.hasOwn(roots, name) ? roots[name] : undefined
    if (type === undefined) return { kind: 'bad', why: 'unknown root' }
    if (way !== (type === 'map' ? 'key' : 'list')) return { kind: 'bad', why: 'root of another type' }
  }
  return { kind: 'pass', claims: claims ?? NO_CLAIMS, exact }
}

/** Where a client's structs end in this update. A frame of many sections would make the plain search quadratic. */
function endsInFrame(update: ScannedUpdate): (client: number) => number {
  if (update.sections.length > 8) {
    const ends = new Map(update.sections.map((section) => [section.client, section.to]))
    return (client) => ends.get(client) ?? 0
  }
  return (client) => {
    for (const section of update.sections) if (section.client === client) return section.to
    return 0
  }
}

/**
 * What is wrong with a document after an update was applied, or null. What can only be known then: references that
 * wait for each other pass `judge` and end up as pending, and where an item stands it says by its neighbours. Looks at the
 * structs the update added and at nothing else, so a keystroke costs one search.
 */
export function faultIn(doc: Y.Doc, update: ScannedUpdate, depthLimit: number): string | null {
  if (!isWhole(doc)) return 'builds on what is not here'
  for (const section of update.sections) {
    const structs = doc.store.clients.get(section.client)
    if (!structs || structs.length === 0 || section.from >= section.to) continue
    for (let i = Y.findIndexSS(structs, section.from); i < structs.length; i++) {
      const struct = structs[i]
      if (!struct || struct.id.clock >= section.to) break
      if (!(struct instanceof Y.Item) || struct.deleted) continue
      if (misplaced(struct)) return 'not where it belongs'
      if (update.nests && struct.content instanceof Y.ContentType && depth(struct) > depthLimit)
        return 'nested too deeply'
    }
  }
  return null
}

/**
 * What no page of nodes can be made of, whatever the editor's schema: an xml root holds elements, elements hold
 * elements and texts, texts hold letters and formats. A letter right in a root makes an editor's binding throw, an object in a text has no
 * length it could count. Names of nodes and attributes are free: unknown ones are shown as their words.
 */
function misplaced({ parent, parentSub, content }: Y.Item): boolean {
  if (!(parent instanceof Y.XmlFragment || parent instanceof Y.XmlText)) return false
  if (parentSub !== null) return content instanceof Y.ContentType || content instanceof Y.ContentDoc
  if (parent instanceof Y.XmlText)
    return !(content instanceof Y.ContentString || content instanceof Y.ContentFormat)
  if (!(content instanceof Y.ContentType)) return true
  if (content.type instanceof Y.XmlElement) return false
  return !(content.type instanceof Y.XmlText && parent instanceof Y.XmlElement)
}

/** Whether nothing in the document waits for anything. */
export function isWhole(doc: Y.Doc): boolean {
  return doc.store.pendingStructs === null && doc.store.pendingDs === null
}

function depth(item: Y.Item): number {
  let levels = 1
  let parent = item.parent
  while (parent instanceof Y.AbstractType && parent._item !== null) {
    parent = parent._item.parent
    levels += 1
  }
  return levels
}

/** Gives every root its type, before anything is applied: a second constructor for one name throws. */
export function defineRoots(doc: Y.Doc, roots: Roots): void {
  for (const [name, type] of Object.entries(roots)) {
    if (type === 'xml') doc.getXmlFragment(name)
    else if (type === 'map') doc.getMap(name)
    else if (type === 'text') doc.getText(name)
    else doc.getArray(name)
  }
}
