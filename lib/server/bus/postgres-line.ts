import postgres from 'postgres'
import type { OpenLine } from './line'

/** Channels belong to one database, so two installations on one server do not hear each other. */
const CHANNEL = 'throughline'

/**
 * LISTEN and NOTIFY, on connections of their own: one listens, one tells. Not inside the transactions that write,
 * because PostgreSQL commits transactions with a NOTIFY one after the other over the whole database.
 */
export function postgresLine(url: string): OpenLine {
  return async (events) => {
    let listens = 0
    const sql = postgres(url, {
      max: 1,
      // The line is watched from above; the driver need not replace a healthy connection now and then.
      max_lifetime: null,
      connect_timeout: 5,
      // Whoever opens the line decides when it is tried again.
      backoff: () => 0.5,
      fetch_types: false,
      onnotice: () => {},
      connection: { application_name: 'throughline bus' },
    })
    const close = () => {
      sql.end({ timeout: 0 }).catch(() => {})
    }
    try {
      await sql.listen(
        CHANNEL,
        (text) => events.heard(text),
        () => {
          listens += 1
          // The driver has connected again by itself: what was said in between is lost.
          if (listens > 1) events.lost(new Error('the listening connection was lost'))
        },
      )
    } catch (error) {
      close()
      throw error
    }
    return {
      async send(texts) {
        // One statement, hence one transaction: they arrive together and in order.
        const all = JSON.stringify(texts)
        await sql`select pg_notify(${CHANNEL}, text) from json_array_elements_text(${all}::text::json) as t(text)`
      },
      close,
    }
  }
}
