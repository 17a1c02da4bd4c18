import type { RefusalCode, RefusalDetail } from '@/lib/domain/refusal'

/** What a server action answers: a value, or a refusal already put into the reader's words. */
export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false
      readonly code: RefusalCode
      readonly message: string
      readonly detail: RefusalDetail
    }
