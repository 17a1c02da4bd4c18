/** What a route answered to a file: its JSON, or the sentence to show. */
export type Sent<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly message: string }

/** Sends a file as the body of a request. `noAnswer` is said when the server was not reached. */
export async function sendFile<T>(address: string, file: File, noAnswer: string): Promise<Sent<T>> {
  try {
    const answer = await fetch(address, {
      method: 'POST',
      body: file,
      headers: { 'content-type': 'application/octet-stream', 'x-file-name': encodeURIComponent(file.name) },
    })
    const said: unknown = await answer.json().catch(() => null)
    if (answer.ok) return { ok: true, value: said as T }
    return { ok: false, message: messageIn(said) ?? noAnswer }
  } catch {
    return { ok: false, message: noAnswer }
  }
}

function messageIn(said: unknown): string | null {
  if (typeof said !== 'object' || said === null || !('error' in said)) return null
  const { error } = said
  return typeof error === 'object' &&
    error !== null &&
    'message' in error &&
    typeof error.message === 'string'
    ? error.message
    : null
}
