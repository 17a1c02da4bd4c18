import { index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { moment } from './columns'
import { strategies } from './strategies'
import { versions } from './versions'
import { members } from './workspaces'

/** Who stands behind which wording of the positioning. Signing again replaces one's name under an older one. */
export const signOffs = pgTable(
  'sign_offs',
  {
    strategyId: text('strategy_id')
      .notNull()
      .references(() => strategies.id, { onDelete: 'cascade' }),
    memberId: text('member_id')
      .notNull()
      .references(() => members.id, { onDelete: 'cascade' }),
    versionId: text('version_id')
      .notNull()
      .references(() => versions.id, { onDelete: 'cascade' }),
    wording: text('wording').notNull(),
    at: moment('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.strategyId, t.memberId] }), index('sign_offs_version').on(t.versionId)],
)
