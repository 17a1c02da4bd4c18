/** Bytes that are kept. */
export interface KeptFile {
  /** Bytes. */
  readonly size: number
  /** Once. Whoever asked for it reads it to the end or cancels it. */
  readonly stream: ReadableStream<Uint8Array>
}

/** A file that came in and is not kept yet. Ends with `keep` or `discard`, whichever comes first. */
export interface Draft {
  readonly sha256: string
  /** Bytes. */
  readonly size: number
  /** How it begins: at most HEAD_BYTES, enough to say what it is. */
  readonly head: Uint8Array
  keep(): Promise<void>
  /** Safe after `keep`. */
  discard(): Promise<void>
}

/** Pictures carry their size in front, behind what a camera wrote about them. */
export const HEAD_BYTES = 1_000_000

/**
 * Where the bytes of files lie, each under the SHA-256 of what it holds (64 hexadecimal digits), so that the same bytes
 * lie there once and never change. Who may read them is said by rows, not here.
 */
export interface FileStore {
  /**
   * Takes a stream in, never more of it in memory than a piece. Throws Refusal `too_large` with the first byte above
   * `most.bytes`, and whatever the stream throws; nothing is left behind then.
   */
  receive(
    body: AsyncIterable<Uint8Array>,
    most: { readonly bytes: number; readonly words: string },
  ): Promise<Draft>
  /** Keeps them whole or not at all. Keeping again what is there is no harm, and counts as kept just now. */
  keep(sha256: string, bytes: Uint8Array): Promise<void>
  read(sha256: string): Promise<KeptFile | null>
  /** The same, all of it at once. */
  whole(sha256: string): Promise<Uint8Array | null>
  /** When it was kept last, milliseconds since 1970; null: it is not there. */
  keptAt(sha256: string): Promise<number | null>
  remove(sha256: string): Promise<void>
  /** Everything there is, in no order. What comes or goes meanwhile may be named or not. */
  list(): AsyncIterable<{ readonly sha256: string; readonly at: number }>
}
