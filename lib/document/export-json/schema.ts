import { z } from 'zod'
import { languages } from '@/lib/domain/language'
import { reactions } from '@/lib/domain/thread'
import { outcomes } from '../exported'
import { TEXT_ROOTS } from '../roots'

/** The name every file of ours carries, so that no other JSON is taken for one. */
export const FORMAT = 'throughline-strategy'
/** Raised when a file of the new form means something else to an old reader. */
export const FORMAT_VERSION = 1

const moment = z.iso.datetime()

const comment = z.object({
  author: z.string().max(400),
  at: moment,
  editedAt: moment.nullable(),
  /** Empty: it was deleted. */
  text: z.string().max(20_000),
  /** Files of before had none. */
  reactions: z
    .array(z.object({ reaction: z.enum(reactions), by: z.array(z.string().max(400)).max(500) }))
    .max(reactions.length)
    .default([]),
})

const thread = z.object({
  /** Named by `comment` marks in the text. */
  id: z.string().max(60),
  anchor: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('words'), root: z.enum(TEXT_ROOTS), quote: z.string().max(2_000) }),
    z.object({ kind: z.literal('item'), item: z.string().max(60), part: z.string().max(60).nullable() }),
  ]),
  resolved: z.boolean(),
  outcome: z.enum(outcomes).nullable(),
  reason: z.string().max(4_000).nullable(),
  until: z.iso.date().nullable().default(null),
  measure: z.string().max(400).nullable().default(null),
  onDeletedText: z.boolean(),
  comments: z.array(comment).max(1_000),
})

const picture = z.object({
  /** Named by `fileId` of `image` nodes. */
  id: z.string().max(60),
  name: z.string().max(300),
  type: z.string().max(60),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  /** Base64. */
  data: z.string(),
})

/** Nodes are judged one by one by the schema of the document; what it does not know becomes its words. */
const nodes = z.array(z.unknown()).max(100_000)

/** The frame of a file; docs/exchange.md describes it for people. */
export const strategyFile = z.object({
  format: z.literal(FORMAT),
  version: z.literal(FORMAT_VERSION),
  exportedAt: moment,
  title: z.string().max(1_000),
  language: z.enum(languages),
  properties: z.array(z.tuple([z.string().max(2_000), z.string().max(2_000)])).max(200),
  chapters: z.object({
    preface: nodes,
    situation: nodes,
    difficulties: nodes,
    policy: nodes,
    activities: nodes,
  }),
  threads: z.array(thread).max(10_000),
  pictures: z.array(picture).max(1_000),
})

export type StrategyFile = z.infer<typeof strategyFile>
