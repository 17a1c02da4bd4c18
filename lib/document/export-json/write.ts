import type { ExportedStrategy } from '../exported'
import { FORMAT, FORMAT_VERSION, type StrategyFile } from './schema'

/** Everything of a strategy, in the form of docs/exchange.md. */
export function writeJson(strategy: ExportedStrategy): string {
  const { title, language, at, properties, chapters, threads, pictures } = strategy
  const iso = (time: number) => new Date(time).toISOString()
  const file: StrategyFile = {
    format: FORMAT,
    version: FORMAT_VERSION,
    exportedAt: iso(at),
    title,
    language,
    properties: properties.map(([key, value]) => [key, value]),
    chapters: {
      preface: [...chapters.preface],
      situation: [...chapters.situation],
      difficulties: [...chapters.difficulties],
      policy: [...chapters.policy],
      activities: [...chapters.activities],
    },
    threads: threads.map((thread) => ({
      ...thread,
      until: thread.until ?? null,
      measure: thread.measure ?? null,
      comments: thread.comments.map((comment) => ({
        ...comment,
        at: iso(comment.at),
        editedAt: comment.editedAt === null ? null : iso(comment.editedAt),
        reactions: (comment.reactions ?? []).map(({ reaction, by }) => ({ reaction, by: [...by] })),
      })),
    })),
    pictures: [...pictures.values()].map(({ fileId, bytes, ...picture }) => ({
      id: fileId,
      ...picture,
      data: Buffer.from(bytes).toString('base64'),
    })),
  }
  return `${JSON.stringify(file, null, 1)}\n`
}
