import type { NodeJson } from '../json'
import { readMarkdown } from './read'

/** The inline content of a file that is one line, or null when it is anything else. */
export function inlineNodes(markdown: string): NodeJson[] | null {
  const result = readMarkdown(markdown.replace(/^# /, '### '))
  if (!result.ok) return null
  const [only, ...more] = result.strategy.chapters.preface
  if (!only || more.length > 0) return null
  if (only.type === 'paragraph' || only.type === 'heading') return only.content ?? []
  if (only.type !== 'table') return null
  return only.content?.[0]?.content?.[0]?.content?.[0]?.content ?? null
}
