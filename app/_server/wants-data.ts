import 'server-only'
import { headers } from 'next/headers'

/** Set by our own server on every request (a client's value is overwritten). */
const DATA_HEADER = 'x-throughline-data'

/** True where a page is asked for by a page that is open already, as data alone; false where it is drawn as HTML. */
export async function wantsData(): Promise<boolean> {
  return (await headers()).get(DATA_HEADER) === '1'
}
