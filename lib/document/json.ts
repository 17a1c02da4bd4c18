/** A value that JSON and a Yjs attribute can both carry. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

export interface MarkJson {
  type: string
  attrs?: Record<string, Json>
}

/** A node as ProseMirror writes it in JSON. Text nodes have `text`, all others may have `content`. */
export interface NodeJson {
  type: string
  attrs?: Record<string, Json>
  content?: NodeJson[]
  text?: string
  marks?: MarkJson[]
}
