import type { ExportedStrategy } from '@/lib/document/exported'
import type { ReadFile } from '@/lib/document/read-file'
import type { Report } from '@/lib/document/report/report'
import type { RefusalCode, RefusalDetail } from '@/lib/domain/refusal'

/** What a thread is asked to do. */
export type Job =
  | { readonly kind: 'docx'; readonly strategy: ExportedStrategy; readonly zone: string }
  | { readonly kind: 'report'; readonly report: Report }
  | { readonly kind: 'read'; readonly name: string; readonly bytes: Uint8Array }

export type ResultOf<J extends Job> = J extends { kind: 'docx' | 'report' } ? Uint8Array : ReadFile

/** What it answers. A refusal travels as its code: an Error would lose its class on the way. */
export type JobAnswer =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly code: RefusalCode; readonly detail: RefusalDetail }
