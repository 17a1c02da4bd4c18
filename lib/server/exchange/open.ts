import type { Exchange } from '@/lib/commands/exchange'
import { fileKind } from '@/lib/document/file-kind'
import { openPrinter, type Printer } from './pdf'
import { runJob } from './run-job'

/** Writing and reading files beside the work of the server: each in a thread of its own, PDF in a browser. */
export function openExchange(printer: Printer = openPrinter()): Exchange {
  return {
    printsPdf: () => printer.works(),
    pdf: (html) => printer.print(html),
    docx: (strategy, zone) => runJob({ kind: 'docx', strategy, zone }),
    reportDocx: (report) => runJob({ kind: 'report', report }),
    async read(file) {
      // No thread for what a glance refuses.
      fileKind(file)
      return runJob({ kind: 'read', name: file.name, bytes: file.bytes })
    },
  }
}
