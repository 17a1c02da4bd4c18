import type { KeptUpdate, Persistence } from './persistence'

const DATABASE = 'throughline-collab'
const STORE = 'updates'
const BY_COPY = 'copy'
/** Rows of one copy beyond which they are merged: opening a room should not read thousands. */
const COMPACT_AT = 100

interface Row {
  /** `user|room`: whose copy of what. */
  readonly copy: string
  readonly bytes: Uint8Array
  readonly unsent: number
  /** To find a user's copies when they sign out. */
  readonly user: string
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1)
    request.onupgradeneeded = () => {
      const store = request.result.createObjectStore(STORE, { autoIncrement: true })
      store.createIndex(BY_COPY, 'copy')
      store.createIndex('user', 'user')
    }
    request.onsuccess = () => {
      // Another tab with a newer version of the app must not wait for us.
      request.result.onversionchange = () => request.result.close()
      resolve(request.result)
    }
    request.onerror = () => reject(request.error ?? new Error('IndexedDB does not open'))
    request.onblocked = () => reject(new Error('IndexedDB is blocked by another tab'))
  })
}

function isRow(value: unknown): value is Row {
  if (typeof value !== 'object' || value === null) return false
  const row = value as Partial<Record<keyof Row, unknown>>
  return typeof row.copy === 'string' && row.bytes instanceof Uint8Array && typeof row.unsent === 'number'
}

/** Resolves with what `work` answers once the transaction is on disk, and not before. */
function transact<T>(
  database: IDBDatabase,
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => () => T,
): Promise<T> {
  return new Promise((resolve, reject) => {
    // 'strict': the promise "kept on this device" should outlive a power cut as far as the browser allows.
    const transaction = database.transaction(STORE, mode, { durability: 'strict' })
    const result = work(transaction.objectStore(STORE))
    transaction.oncomplete = () => resolve(result())
    transaction.onabort = () => reject(transaction.error ?? new Error('IndexedDB transaction aborted'))
    transaction.onerror = () => reject(transaction.error ?? new Error('IndexedDB transaction failed'))
  })
}

/** Calls `visit` with every row of an index value, in the order of writing. */
function walk(
  store: IDBObjectStore,
  index: string,
  value: string,
  visit: (key: number, row: Row, cursor: IDBCursorWithValue) => void,
): void {
  const request = store.index(index).openCursor(IDBKeyRange.only(value))
  request.onsuccess = () => {
    const cursor = request.result
    if (!cursor) return
    const row: unknown = cursor.value
    if (typeof cursor.primaryKey === 'number' && isRow(row)) visit(cursor.primaryKey, row, cursor)
    cursor.continue()
  }
}

/** This device's copy of one room for one user, in the browser's IndexedDB. */
export function openPersistence(of: { readonly userId: string; readonly room: string }): Persistence {
  const copy = `${of.userId}|${of.room}`
  let opened: Promise<IDBDatabase> | null = null
  const database = (): Promise<IDBDatabase> => {
    if (!opened) {
      // A throw (no IndexedDB at all) must become a rejection like every other failure here.
      opened = new Promise<IDBDatabase>((resolve) => resolve(open()))
      opened.catch(() => {
        opened = null
      })
    }
    return opened
  }
  const rowOf = (update: { bytes: Uint8Array; unsent: number }): Row => ({ ...update, copy, user: of.userId })
  return {
    async load() {
      return transact(await database(), 'readonly', (store) => {
        const kept: KeptUpdate[] = []
        walk(store, BY_COPY, copy, (key, row) => kept.push({ key, bytes: row.bytes, unsent: row.unsent }))
        return () => kept
      })
    },
    async append(updates) {
      return transact(await database(), 'readwrite', (store) => {
        const requests = updates.map((update) => store.add(rowOf(update)))
        return () => requests.map((request) => Number(request.result))
      })
    },
    async markSent(keys) {
      await transact(await database(), 'readwrite', (store) => {
        for (const key of keys) {
          const request = store.get(key)
          request.onsuccess = () => {
            const row: unknown = request.result
            // Another tab may have merged it already.
            if (isRow(row) && row.unsent > 0) store.put({ ...row, unsent: 0 }, key)
          }
        }
        return () => undefined
      })
    },
    async compact(merge) {
      const db = await database()
      const count = await transact(db, 'readonly', (store) => {
        const request = store.index(BY_COPY).count(IDBKeyRange.only(copy))
        return () => request.result
      })
      if (count < COMPACT_AT) return
      // One transaction from reading to writing: another tab's records come before or after it, never in between.
      await transact(db, 'readwrite', (store) => {
        const sent: { key: number; bytes: Uint8Array }[] = []
        const request = store.index(BY_COPY).openCursor(IDBKeyRange.only(copy))
        request.onsuccess = () => {
          const cursor = request.result
          if (cursor) {
            const row: unknown = cursor.value
            if (typeof cursor.primaryKey === 'number' && isRow(row) && row.unsent === 0)
              sent.push({ key: cursor.primaryKey, bytes: row.bytes })
            cursor.continue()
            return
          }
          const [first, ...rest] = sent
          if (!first || rest.length === 0) return
          // Under the oldest key: what was written later may build on it.
          store.put(rowOf({ bytes: merge(sent.map((row) => row.bytes)), unsent: 0 }), first.key)
          for (const row of rest) store.delete(row.key)
        }
        return () => undefined
      })
    },
    async clear() {
      await transact(await database(), 'readwrite', (store) => {
        walk(store, BY_COPY, copy, (_key, _row, cursor) => cursor.delete())
        return () => undefined
      })
    },
    close() {
      opened?.then(
        (db) => db.close(),
        () => {},
      )
      opened = null
    },
  }
}

/** How many of a user's changes are in this browser only: `forgetUser` would lose them. */
export async function unsentChanges(userId: string): Promise<number> {
  const db = await open()
  try {
    return await transact(db, 'readonly', (store) => {
      let unsent = 0
      walk(store, 'user', userId, (_key, row) => {
        unsent += row.unsent
      })
      return () => unsent
    })
  } finally {
    db.close()
  }
}

/** Removes every copy of one user from this browser. */
export async function forgetUser(userId: string): Promise<void> {
  const db = await open()
  try {
    await transact(db, 'readwrite', (store) => {
      walk(store, 'user', userId, (_key, _row, cursor) => cursor.delete())
      return () => undefined
    })
  } finally {
    db.close()
  }
}
