import { sql } from 'drizzle-orm'
import { bigint, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import type { ItemDetails, ItemFields } from '@/lib/domain/strategy-item'
import { moment } from './columns'
import { documents } from './documents'
import { strategies } from './strategies'

/** The items of strategies, read off their documents after each change. Rows of items that are gone stay. */
export const strategyItems = pgTable(
  'strategy_items',
  {
    strategyId: text('strategy_id')
      .notNull()
      .references(() => strategies.id, { onDelete: 'cascade' }),
    itemId: text('item_id').notNull(),
    kind: text('kind').notNull(),
    code: text('code'),
    chapter: text('chapter').notNull(),
    position: integer('position').notNull(),
    title: text('title').notNull(),
    text: text('text').notNull(),
    fields: jsonb('fields').$type<ItemFields>().notNull(),
    details: jsonb('details').$type<ItemDetails>().notNull(),
    refs: text('refs').array().notNull().default(sql`'{}'`),
    /** Of everything above, so that what has not changed is not written. */
    hash: text('hash').notNull(),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    removedAt: moment('removed_at'),
  },
  (t) => [
    primaryKey({ columns: [t.strategyId, t.itemId] }),
    index('strategy_items_kind').on(t.strategyId, t.kind, t.position).where(sql`${t.removedAt} is null`),
  ],
)

/** Every code that was ever given in a strategy, and to which item. People cite codes, so none is given twice. */
export const itemCodes = pgTable(
  'item_codes',
  {
    strategyId: text('strategy_id')
      .notNull()
      .references(() => strategies.id, { onDelete: 'cascade' }),
    code: text('code').notNull(),
    itemId: text('item_id').notNull(),
  },
  (t) => [primaryKey({ columns: [t.strategyId, t.code] })],
)

/** How far the rows of a document have followed its journal. */
export const projections = pgTable('projections', {
  documentId: text('document_id')
    .primaryKey()
    .references(() => documents.id, { onDelete: 'cascade' }),
  seq: bigint('seq', { mode: 'number' }).notNull(),
  /** Of the code that read the document; an older one is done again at the next start. */
  version: integer('version').notNull(),
})
