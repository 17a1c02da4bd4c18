/**
 * The names our paragraphs and runs carry. They say what a line is, also after somebody wrote on in Word: the reader
 * knows an item by them.
 */
export const STYLE = {
  title: 'Title',
  property: 'ThroughlineProperty',
  item: 'ThroughlineItem',
  line: 'ThroughlineItemLine',
  sentence: 'ThroughlineSentence',
  intent: 'ThroughlineIntent',
  quote: 'ThroughlineQuote',
  note: 'ThroughlineNote',
  attention: 'ThroughlineAttention',
  code: 'ThroughlineCodeBlock',
  cell: 'ThroughlineCell',
  rule: 'ThroughlineRule',
  lost: 'ThroughlineLost',
  key: 'ThroughlineKey',
  inlineCode: 'ThroughlineCode',
} as const

/** The author of what is no person's comment: the outcome of a thread. */
export const HOUSE = 'Throughline'

/** A style's id or name without what programs change in it. */
export function plainStyle(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '')
}
