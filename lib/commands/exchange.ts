import type { ExportedStrategy } from '@/lib/document/exported'
import type { ReadFile } from '@/lib/document/read-file'
import type { Report } from '@/lib/document/report/report'

/** What writing and reading files asks of the machine: work that must not hold up the others, and a browser. */
export interface Exchange {
  /** Whether there is a browser that makes PDF. */
  printsPdf(): Promise<boolean>
  /** A self-contained HTML page as PDF, A4. Refuses with `pdf_unavailable`. */
  pdf(html: string): Promise<Uint8Array>
  /** A strategy as a Word document. */
  docx(strategy: ExportedStrategy, zone: string): Promise<Uint8Array>
  /** A report as a Word document. */
  reportDocx(report: Report): Promise<Uint8Array>
  /**
   * Reads a file as far as it can be read without writing anything. Refuses with `wrong_type`, `archive_too_large`,
   * `unsafe_xml`, `too_large` or `import_unreadable`; never takes longer than a few seconds.
   */
  read(file: { readonly name: string; readonly bytes: Uint8Array }): Promise<ReadFile>
}
