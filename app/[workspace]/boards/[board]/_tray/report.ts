import { z } from 'zod'
import { importProblems } from '@/lib/domain/board-import/plan'
import { columnKinds } from '@/lib/domain/column'

/** What an import would write, or wrote, as its dialog shows it. */
export const importReport = z.object({
  /** Takes the activities back; null after a dry run. */
  undo: z.string().nullable(),
  activities: z.array(z.object({ title: z.string(), boardId: z.string(), columnId: z.string() })),
  handOffs: z.number(),
  relations: z.number(),
  measures: z.array(z.string()),
  readings: z.number(),
  labels: z.array(z.string()),
  /** Names of columns on other boards, which this page does not know. */
  columns: z.record(
    z.string(),
    z.object({ kind: z.enum(columnKinds).nullable(), name: z.string().nullable() }),
  ),
  problems: z.array(z.object({ row: z.number(), code: z.enum(importProblems), value: z.string() })),
})
export type ImportReport = z.infer<typeof importReport>

/** How a route says no. */
export const refused = z.object({ error: z.object({ message: z.string() }) })
