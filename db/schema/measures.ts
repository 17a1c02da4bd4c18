import { sql } from 'drizzle-orm'
import {
  check,
  date,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import type { Target } from '@/lib/domain/measure'
import { moment } from './columns'
import { departments, members, workspaces } from './workspaces'

export const measures = pgTable(
  'measures',
  {
    id: text('id').primaryKey(),
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    departmentId: text('department_id').references(() => departments.id, { onDelete: 'set null' }),
    name: text('name').notNull(),
    unit: text('unit').notNull(),
    direction: text('direction').notNull(),
    baseline: doublePrecision('baseline'),
    baselineOn: date('baseline_on', { mode: 'string' }),
    targets: jsonb('targets').$type<readonly Target[]>().notNull().default([]),
    ownerId: text('owner_id').references(() => members.id),
    cadence: text('cadence').notNull(),
    serves: text('serves').array().notNull().default(sql`'{}'`),
    status: text('status').notNull().default('active'),
    revision: integer('revision').notNull().default(1),
  },
  (t) => [
    index('measures_workspace').on(t.workspaceId, t.status),
    check('measures_direction', sql`${t.direction} in ('up','down')`),
    check('measures_cadence', sql`${t.cadence} in ('weekly','monthly','quarterly')`),
    check('measures_status', sql`${t.status} in ('active','archived')`),
  ],
)

/** One value a day: a second one of the same day is a correction. */
export const readings = pgTable(
  'readings',
  {
    id: text('id').primaryKey(),
    measureId: text('measure_id')
      .notNull()
      .references(() => measures.id, { onDelete: 'cascade' }),
    on: date('on_day', { mode: 'string' }).notNull(),
    value: doublePrecision('value').notNull(),
    note: text('note').notNull().default(''),
    by: text('by_member').references(() => members.id),
    at: moment('at').notNull(),
  },
  (t) => [uniqueIndex('readings_day').on(t.measureId, t.on)],
)
