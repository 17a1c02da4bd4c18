import type { Say } from '@/app/_i18n/say'
import { isItemKind, isItemPart } from '@/lib/document/items/kinds'

/** What a part of an item is called: "For whom", "Title". */
export function sayPart(part: string, t: Say): string {
  return isItemPart(part) ? t(`items.part_${part}`) : part
}

/** What an item or a slot is called: "Gap", "For whom". */
export function sayItemKind(kind: string, t: Say): string {
  return isItemKind(kind) ? t(`items.kind_${kind}`) : sayPart(kind, t)
}
