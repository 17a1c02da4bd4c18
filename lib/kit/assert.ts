/** Fails loudly when one of our own assumptions is wrong. A bug, never a person's mistake (that is a Refusal). */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`assertion failed: ${message}`)
}

/** The value, or a bug when there is none. */
export function must<T>(value: T | null | undefined, message: string): T {
  if (value === null || value === undefined) throw new Error(`assertion failed: ${message}`)
  return value
}

/** The end of a switch over every case of a type. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${String(value)}`)
}
