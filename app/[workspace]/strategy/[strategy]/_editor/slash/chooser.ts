import { recentItems, rememberItem } from '../recent'
import { insert, isItemId } from './items'
import { matchItems } from './match'

/** What can be inserted, and how it is found. Comes with the list that shows it, when somebody begins to write. */
export const chooser = { matchItems, recentItems, rememberItem, insert, isItemId }

export type Chooser = typeof chooser
