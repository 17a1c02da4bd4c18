import { customType, timestamp } from 'drizzle-orm/pg-core'

/** Raw bytes: a Yjs update or state. */
export const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({
  dataType: () => 'bytea',
  fromDriver: (value) => new Uint8Array(value.buffer, value.byteOffset, value.byteLength),
})

/** A moment, always with its zone. Read and written as a Date. */
export const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })
