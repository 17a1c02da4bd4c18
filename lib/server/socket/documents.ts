import type { Roots } from '@/lib/collab'
import { META_ROOT, TEXT_ROOTS } from '@/lib/document/roots'
import { MAX_DEPTH } from '@/lib/document/schema/spec'

/** What the engine, which knows bytes, is told about our documents. */
export const documentRoots: Roots = {
  ...Object.fromEntries(TEXT_ROOTS.map((root) => [root, 'xml' as const])),
  [META_ROOT]: 'map',
}

/** Nesting is bounded where it comes in, so that whatever walks a document need not be. The text of a node is one level more. */
export const documentLimits = { depth: MAX_DEPTH + 1 }
