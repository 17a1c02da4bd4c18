/**
 * What all of them come to, once all have ended; the first failure only then. `Promise.all` fails while the others go on:
 * statements of a transaction would then run behind its end.
 */
export async function allEnded<const T extends readonly PromiseLike<unknown>[]>(
  work: T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(work)
  return Promise.all(work)
}
