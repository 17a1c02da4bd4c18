import type { ItemKind } from '@/lib/document/items/kinds'
import type { TextRoot } from '@/lib/document/roots'

/** What each chapter is made of, in the order in which one writes it. */
export const kindsIn: Readonly<Record<TextRoot, readonly ItemKind[]>> = {
  preface: [],
  situation: ['factor'],
  difficulties: ['segment', 'pain', 'itch', 'delight', 'gap'],
  policy: ['positioning', 'principle', 'tradeoff'],
  activities: ['intent', 'handoff'],
}

export const fitsIn = (kind: ItemKind, root: TextRoot): boolean => kindsIn[root].includes(kind)
