import type { NodeJson } from '../json'
import { safeHref } from '../links'
import { entity, escapeAddress, escapeProse } from './escape'

interface Run {
  /** null: a hard break. */
  text: string | null
  bold: boolean
  italic: boolean
  strike: boolean
  code: boolean
  link: string | null
}

type Emphasis = 'bold' | 'italic' | 'strike'
const EMPHASES: readonly Emphasis[] = ['bold', 'italic', 'strike']

/** What a line is written into. A cell and a heading are one line: their breaks become spaces. */
export type Container = 'paragraph' | 'heading' | 'cell'

/** How to mark emphasis: first as people write it, then ever less likely to be misread. */
interface Manner {
  readonly italic: '*' | '_'
  /** Writes the letter outside of a mark by its number, so that the mark is one: `**点。**&#x540E;`. */
  readonly guard: boolean
  readonly emphasis: boolean
}

const MANNERS: readonly Manner[] = [
  { italic: '*', guard: false, emphasis: true },
  { italic: '_', guard: false, emphasis: true },
  { italic: '*', guard: true, emphasis: true },
  { italic: '_', guard: true, emphasis: true },
]

/**
 * The inline content of one block. `same` reads a candidate back and says whether it is still this content;
 * emphasis that no manner of writing can express here (a bold letter inside an italic word) is left out.
 */
export function writeInline(
  nodes: readonly NodeJson[],
  container: Container,
  same: (markdown: string) => boolean,
): string {
  const runs = tidy(nodes, container)
  if (!runs.some((run) => run.bold || run.italic || run.strike)) return write(runs, container, MANNERS[0])
  const simple = EMPHASES.every((mark) => clearEdges(runs, mark))
  for (const manner of MANNERS) {
    const candidate = write(runs, container, manner)
    if (simple || same(candidate)) return candidate
  }
  return write(runs, container, undefined)
}

/** Emphasis with space, or the end of the line, on its outer side everywhere, and one mark at a time. */
function clearEdges(runs: readonly Run[], mark: Emphasis): boolean {
  return runs.every((run, index) => {
    if (!run[mark]) return true
    if (EMPHASES.some((other) => other !== mark && run[other]) || run.code || run.link) return false
    const before = runs[index - 1]
    const after = runs[index + 1]
    return (!before?.text || /\s$/.test(before.text)) && (!after?.text || /^\s/.test(after.text))
  })
}

/** Runs without what Markdown cannot say: underline, marks on space at an edge, unsafe addresses. */
function tidy(nodes: readonly NodeJson[], container: Container): Run[] {
  const runs: Run[] = []
  const push = (run: Run) => {
    const last = runs.at(-1)
    if (last && last.text !== null && run.text !== null && alike(last, run)) last.text += run.text
    else if (run.text !== '') runs.push(run)
  }
  for (const node of nodes) {
    if (node.type === 'hardBreak') {
      push({ ...PLAIN, text: container === 'paragraph' ? null : ' ' })
      continue
    }
    const marks = node.marks ?? []
    const has = (name: string) => marks.some(({ type }) => type === name)
    push({
      text: (node.text ?? '').replace(/[\r\n]+/g, ' '),
      bold: has('bold'),
      italic: has('italic'),
      strike: has('strike'),
      code: has('code'),
      link: safeHref(marks.find(({ type }) => type === 'link')?.attrs?.href),
    })
  }
  return EMPHASES.reduce(trimmed, runs)
}

const PLAIN: Run = { text: '', bold: false, italic: false, strike: false, code: false, link: null }

function alike(one: Run, other: Run): boolean {
  return (
    EMPHASES.every((mark) => one[mark] === other[mark]) && one.code === other.code && one.link === other.link
  )
}

/** Takes a mark off the space at both ends of each stretch that has it: `** a **` is not bold. */
function trimmed(runs: readonly Run[], mark: Emphasis): Run[] {
  const out: Run[] = []
  runs.forEach((run, index) => {
    if (!run[mark] || run.text === null || run.code) {
      out.push(run)
      return
    }
    const opens = runs[index - 1]?.[mark] !== true
    const closes = runs[index + 1]?.[mark] !== true
    const lead = opens ? (/^\s+/.exec(run.text)?.[0] ?? '') : ''
    const rest = run.text.slice(lead.length)
    const tail = closes ? (/\s+$/.exec(rest)?.[0] ?? '') : ''
    const body = rest.slice(0, rest.length - tail.length)
    if (lead) out.push({ ...run, [mark]: false, text: lead })
    if (body) out.push({ ...run, text: body })
    if (tail) out.push({ ...run, [mark]: false, text: tail })
  })
  return out
}

interface Delimiter {
  readonly kind: 'link' | Emphasis
  readonly link: string | null
}

function write(runs: readonly Run[], container: Container, manner: Manner | undefined): string {
  let out = ''
  let start: 'block' | 'line' | null = container === 'paragraph' ? 'block' : null
  const open: Delimiter[] = []
  const sign = (kind: Delimiter['kind']) =>
    kind === 'bold' ? '**' : kind === 'strike' ? '~~' : (manner?.italic ?? '*')

  const close = (delimiter: Delimiter) => {
    if (delimiter.kind !== 'link') out += sign(delimiter.kind)
    else out += `](${escapeAddress(delimiter.link ?? '', container === 'cell')})`
  }

  runs.forEach((run, index) => {
    const next = runs[index + 1]
    if (run.text === null) {
      while (open.length > 0) close(open.pop() ?? { kind: 'link', link: null })
      // Nothing can follow a break that ends its paragraph.
      if (next) out += '\\\n'
      start = 'line'
      return
    }
    const wanted: Delimiter[] = []
    if (run.link !== null) wanted.push({ kind: 'link', link: run.link })
    // What goes on longest is opened first, so that marks nest.
    const emphasis = manner?.emphasis ? EMPHASES.filter((mark) => run[mark]) : []
    const length = (mark: Emphasis) => {
      let end = index
      while (runs[end]?.[mark] && runs[end]?.link === run.link) end += 1
      return end
    }
    const kept = open.filter(({ kind }) => kind !== 'link' && emphasis.includes(kind)).map(({ kind }) => kind)
    for (const mark of [...emphasis].sort(
      (a, b) => kept.indexOf(b) - kept.indexOf(a) || length(b) - length(a),
    )) {
      wanted.push({ kind: mark, link: null })
    }
    let shared = 0
    while (
      shared < open.length &&
      open[shared]?.kind === wanted[shared]?.kind &&
      open[shared]?.link === wanted[shared]?.link
    ) {
      shared += 1
    }
    const closing = open.length > shared
    while (open.length > shared) close(open.pop() ?? { kind: 'link', link: null })

    const whole = autolink(run, next, container)
    if (whole && wanted.length === 1 && shared === 0) {
      out += whole
      start = null
      return
    }
    for (const delimiter of wanted.slice(shared)) {
      out += delimiter.kind === 'link' ? '[' : sign(delimiter.kind)
      open.push(delimiter)
    }
    const text = run.code
      ? codeSpan(run.text, container === 'cell')
      : escapeProse(run.text, {
          start: open.length === 0 ? start : null,
          end: !next || next.text === null,
          inLink: run.link !== null,
          inCell: container === 'cell',
          before: runs[index - 1]?.text?.at(-1) ?? '',
          after: next?.link && next.link !== run.link ? '[' : (next?.text?.at(0) ?? ''),
        })
    out += manner?.guard && !run.code ? guarded(text, run, closing, opensNext(run, next)) : text
    start = null
  })
  while (open.length > 0) close(open.pop() ?? { kind: 'link', link: null })
  return container === 'heading' ? out.replace(/(^|[ \t])(#+)$/, '$1\\$2') : out
}

function opensNext(run: Run, next: Run | undefined): boolean {
  return next !== undefined && EMPHASES.some((mark) => next[mark] && !run[mark])
}

/** Letters that touch the outside of a mark, by their number. */
function guarded(text: string, run: Run, first: boolean, last: boolean): string {
  if (EMPHASES.some((mark) => run[mark])) return text
  let out = text
  if (last) out = out.replace(/[\p{L}\p{N}]$/u, entity)
  if (first) out = out.replace(/^[\p{L}\p{N}]/u, entity)
  return out
}

/** `<https://…>` where the words are the address. */
function autolink(run: Run, next: Run | undefined, container: Container): string | null {
  if (run.link === null || run.code || container === 'cell' || next?.link === run.link) return null
  const words = run.link.toLowerCase().startsWith('mailto:') ? `mailto:${run.text}` : run.text
  const writable = /^[\w\-.~:/?#@!$'()*+,;=%]+$/.test(run.link)
  if (words !== run.link || !writable) return null
  return words === run.text
    ? `<${run.text}>`
    : /^[\w.+-]+@[\w-]+(?:\.[\w-]+)*$/.test(run.text ?? '')
      ? `<${run.text}>`
      : null
}

function codeSpan(text: string, inCell: boolean): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((ticks) => ticks.length))
  const fence = '`'.repeat(longest + 1)
  const pad = /^`|`$/.test(text) || (/^ .* $/.test(text) && text.trim() !== '') ? ' ' : ''
  const span = `${fence}${pad}${text}${pad}${fence}`
  return inCell ? span.replaceAll('|', '\\|') : span
}
