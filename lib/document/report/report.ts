import type { Language } from '@/lib/domain/language'
import type { NodeJson } from '../json'
import type { Property } from '../markdown/frame'

/** A document the app writes of what it knows: for people who were not there. Nothing in it that its reader may not see. */
export interface Report {
  readonly title: string
  readonly language: Language
  readonly properties: readonly Property[]
  readonly sections: readonly Section[]
  /** The last line: when it was written out. */
  readonly made: string
}

export interface Section {
  readonly title: string
  /** Nodes of the text's schema; headings of level 3 and below. */
  readonly blocks: readonly NodeJson[]
}
