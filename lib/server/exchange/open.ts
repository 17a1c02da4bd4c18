import type { Exchange } from '@/lib/commands/exchange'
import { openPrinter, type Printer } from './pdf'
import { runJob } from './run-job'

/** Writing and reading files beside the work of the server: each in a thread of its own, PDF in a browser. */
export function openExchange(printer: Printer = openPrinter()): Exchange {
  return {
    printsPdf: () => printer.works(),
    pdf: (html) => printer.print(html),
    docx: (strategy, zone) => runJob({ kind: 'docx', strategy, zone }),
    read: (file) => runJob({ kind: 'read', name: file.name, bytes: file.bytes }),
  }
}
