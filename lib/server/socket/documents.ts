import type { Roots } from '@/lib/collab'
import { META_ROOT, TEXT_ROOTS } from '@/lib/document/roots'

/** What the engine, which knows bytes, is told about our documents. */
export const documentRoots: Roots = {
  ...Object.fromEntries(TEXT_ROOTS.map((root) => [root, 'xml' as const])),
  [META_ROOT]: 'map',
}
