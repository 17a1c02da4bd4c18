/** Why a room may not be joined, or null: it may, or nobody could say. */
export type AskTicket = (url: string, room: string) => Promise<TicketRefusal | null>
export type TicketRefusal = 'not_signed_in' | 'not_found' | 'wrong_origin'

/**
 * Asks by HTTP why an upgrade was refused: of that, a browser tells a page only that there is no connection. Never
 * rejects. `url` is the socket's: wss://host/collab.
 */
export const fetchTicket: AskTicket = async (url, room) => {
  try {
    const answer = await fetch(`${url.replace(/^ws/, 'http').replace(/\/collab$/, '')}/api/collab/ticket`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ room }),
    })
    // By the status alone: a sign-in page of somebody's proxy has no body we know.
    if (!answer.headers.get('content-type')?.startsWith('application/json')) return null
    if (answer.status === 401) return 'not_signed_in'
    // The one thing this route is forbidden for: the page stands under a name the server does not know as its own.
    if (answer.status === 403) return 'wrong_origin'
    return answer.status === 404 ? 'not_found' : null
  } catch {
    return null
  }
}
