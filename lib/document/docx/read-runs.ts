import type { MarkJson, NodeJson } from '../json'
import { safeHref } from '../links'
import type { FileNoteCode } from '../read-file'
import { plainStyle, STYLE } from './names'
import { type Parts, pathOf, plainText, styleChain } from './parts'
import { below, element, elements, isOn, value, type Xml } from './xml'

/** What is carried on from paragraph to paragraph while a body is read. */
export interface Reading {
  readonly parts: Parts
  /** Comments whose words we are in, by Word's id, and the thread each is part of. */
  readonly open: Map<string, string>
  /** The thread of a comment, by Word's id. */
  threadOf(comment: string): string | null
  /** A field we are in: what it does, and whether its result has begun. */
  readonly fields: Array<{ code: string; result: boolean }>
  note(code: FileNoteCode, text: string): void
}

/** A line of text in order: words, breaks, pictures (`image`), and paragraphs of text boxes to be read behind it. */
export interface Line {
  readonly inline: NodeJson[]
  readonly boxes: Xml[]
}

/** The inline content of a paragraph. Every mark is what the schema knows; whatever else a run carries is left out. */
export function readLine(paragraph: Xml, reading: Reading): Line {
  const line: Line = { inline: [], boxes: [] }
  walk(paragraph, { reading, line, href: null })
  return line
}

interface At {
  readonly reading: Reading
  readonly line: Line
  readonly href: string | null
}

function walk(parent: Xml, at: At): void {
  const { reading } = at
  for (const child of elements(parent)) {
    switch (child.name) {
      case 'w:r':
        run(child, at)
        break
      case 'w:hyperlink': {
        const target = reading.parts.relations.get(child.attrs['r:id'] ?? '')
        const href = target ? linkTo(target.target, child, reading) : null
        walk(child, { ...at, href })
        break
      }
      case 'w:ins':
      case 'w:moveTo':
        reading.note('change_accepted', plainText(child))
        walk(child, at)
        break
      case 'w:del':
      case 'w:moveFrom':
        reading.note('change_rejected', deletedText(child))
        break
      case 'w:commentRangeStart': {
        const id = child.attrs['w:id'] ?? ''
        const thread = reading.threadOf(id)
        if (thread !== null) reading.open.set(id, thread)
        break
      }
      case 'w:commentRangeEnd':
        reading.open.delete(child.attrs['w:id'] ?? '')
        break
      case 'w:fldSimple':
        walk(child, { ...at, href: linkOfField(child.attrs['w:instr'] ?? '', child, reading) ?? at.href })
        break
      case 'w:sdt':
        walk(element(child, 'w:sdtContent') ?? child, at)
        break
      case 'mc:AlternateContent':
        walk(element(child, 'mc:Choice') ?? element(child, 'mc:Fallback') ?? child, at)
        break
      case 'w:smartTag':
      case 'w:customXml':
      case 'w:bdo':
      case 'w:dir':
        walk(child, at)
        break
      default:
        break
    }
  }
}

function run(element_: Xml, at: At): void {
  const { reading, line } = at
  const marks = marksOf(element_, at)
  const say = (text: string) => {
    const clean = text.replace(/[\u{f0000}-\u{10ffff}]/gu, '\ufffd')
    if (clean === '' || hidden(reading)) return
    const last = line.inline.at(-1)
    if (last?.type === 'text' && JSON.stringify(last.marks ?? []) === JSON.stringify(marks))
      last.text += clean
    else line.inline.push({ type: 'text', text: clean, ...(marks.length > 0 ? { marks } : {}) })
  }
  for (const child of elements(element_)) {
    switch (child.name) {
      case 'w:t':
        say(
          child.children
            .filter((part) => typeof part === 'string')
            .join('')
            .replace(/[\r\n\t]+/g, ' '),
        )
        break
      case 'w:tab':
        say(' ')
        break
      case 'w:noBreakHyphen':
        say('\u2011')
        break
      case 'w:br':
        // The end of a page or a column is paper's, not the text's.
        if ((child.attrs['w:type'] ?? 'textWrapping') === 'textWrapping')
          line.inline.push({ type: 'hardBreak' })
        break
      case 'w:cr':
        line.inline.push({ type: 'hardBreak' })
        break
      case 'w:sym': {
        const code = Number.parseInt(child.attrs['w:char'] ?? '', 16)
        // Symbol fonts number their signs in a private range that means nothing without the font.
        if (code >= 0x20 && code < 0xd800) say(String.fromCharCode(code))
        break
      }
      case 'w:fldChar':
        field(child, reading)
        break
      case 'w:instrText': {
        const field = reading.fields.at(-1)
        if (field && !field.result)
          field.code += child.children.filter((part) => typeof part === 'string').join('')
        break
      }
      case 'w:footnoteReference': {
        const text = reading.parts.footnotes.get(child.attrs['w:id'] ?? '')
        if (text) {
          reading.note('footnote_kept', text)
          say(` (${text})`)
        }
        break
      }
      case 'w:commentReference': {
        // A comment without a range stands at a point: its thread has no words.
        break
      }
      case 'w:drawing':
      case 'w:pict':
        drawing(child, at)
        break
      case 'mc:AlternateContent':
        for (const part of elements(element(child, 'mc:Choice') ?? element(child, 'mc:Fallback') ?? child))
          drawing(part, at)
        break
      case 'w:object':
        reading.note('object_dropped', '')
        break
      default:
        break
    }
  }
}

/** Between the code of a field and its result nothing is text. */
function hidden({ fields }: Reading): boolean {
  return fields.some((field) => !field.result || /^\s*TOC\b/.test(field.code))
}

function field(child: Xml, { fields }: Reading): void {
  const type = child.attrs['w:fldCharType']
  if (type === 'begin') fields.push({ code: '', result: false })
  else if (type === 'end') fields.pop()
  else {
    const last = fields.at(-1)
    if (last) last.result = true
  }
}

function marksOf(run_: Xml, { reading, href }: At): MarkJson[] {
  const properties = element(run_, 'w:rPr')
  const styles = styleChain(reading.parts.styles, value(properties, 'w:rStyle'))
  const named = (pattern: RegExp) => styles.some(({ name }) => pattern.test(name))
  const inField = reading.fields
    .map(({ code }) => linkOfField(code, run_, null))
    .find((link) => link !== null)
  const link = href ?? inField ?? null
  const emphasis = value(properties, 'w:em')
  const underline = value(properties, 'w:u')
  const marks: MarkJson[] = []
  const threads = new Set(reading.open.values())
  for (const thread of threads) marks.push({ type: 'comment', attrs: { thread } })
  if (link !== null) marks.push({ type: 'link', attrs: { href: link } })
  if (isOn(properties, 'w:b') || named(/^strong$/)) marks.push({ type: 'bold' })
  if (
    styles.some(({ id }) => plainStyle(id) === plainStyle(STYLE.inlineCode)) ||
    named(/^(?:html code|verbatim char|inline code)$/)
  )
    marks.push({ type: 'code' })
  if (
    isOn(properties, 'w:i') ||
    (emphasis !== undefined && emphasis !== 'none') ||
    named(/^(?:emphasis|intense emphasis)$/)
  )
    marks.push({ type: 'italic' })
  if (isOn(properties, 'w:strike') || isOn(properties, 'w:dstrike')) marks.push({ type: 'strike' })
  // Every link in Word is underlined, which says nothing.
  if (underline !== undefined && underline !== 'none' && link === null) marks.push({ type: 'underline' })
  return marks
}

function linkTo(target: string, at: Xml, reading: Reading | null): string | null {
  const href = safeHref(target)
  if (href === null && target !== '') reading?.note('link_dropped', plainText(at))
  return href
}

function linkOfField(code: string, at: Xml, reading: Reading | null): string | null {
  const match = /^\s*HYPERLINK\s+"([^"]*)"/.exec(code)
  return match ? linkTo(match[1] ?? '', at, reading) : null
}

function drawing(child: Xml, at: At): void {
  const { reading, line } = at
  for (const box of below(child, 'w:txbxContent')) line.boxes.push(box)
  const properties = [...below(child, 'wp:docPr')][0]
  const alt = (properties?.attrs.descr ?? properties?.attrs.title ?? '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 1000)
  const embeds = [
    ...[...below(child, 'a:blip')].map((blip) => ({ id: blip.attrs['r:embed'], link: blip.attrs['r:link'] })),
    ...[...below(child, 'v:imagedata')].map((data) => ({ id: data.attrs['r:id'], link: undefined })),
  ]
  for (const { id, link } of embeds) {
    const relation = reading.parts.relations.get(id ?? link ?? '')
    if (!relation) continue
    if (relation.external) {
      // Nothing is fetched for an import: the picture lies on somebody's server.
      reading.note('picture_linked', alt)
      continue
    }
    const extent = Number([...below(child, 'wp:extent')][0]?.attrs.cx)
    // English metric units: 9,525 to a pixel.
    const width = Math.round(extent / 9525)
    line.inline.push({
      type: 'image',
      attrs: {
        fileId: pathOf(relation.target),
        alt: alt === '' ? null : alt,
        width: width >= 16 && width <= 4000 ? width : null,
      },
    })
  }
}

function deletedText(parent: Xml): string {
  let text = ''
  for (const part of below(parent, 'w:delText'))
    text += part.children.filter((one) => typeof one === 'string').join('')
  return text
}
