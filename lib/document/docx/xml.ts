import { SaxesParser } from 'saxes'
import { Refusal } from '@/lib/domain/refusal'

/** An element by the name Word's own prefixes give it: `w:p`, whatever prefix the file uses. */
export interface Xml {
  readonly name: string
  readonly attrs: Readonly<Record<string, string>>
  readonly children: readonly (Xml | string)[]
}

/** Word nests tables in tables a few deep; functions can follow so far. */
const MAX_XML_DEPTH = 200
const MAX_ELEMENTS = 1_500_000

const PREFIXES: Readonly<Record<string, string>> = {
  'http://schemas.openxmlformats.org/wordprocessingml/2006/main': 'w',
  'http://purl.oclc.org/ooxml/wordprocessingml/main': 'w',
  'http://schemas.microsoft.com/office/word/2010/wordml': 'w14',
  'http://schemas.microsoft.com/office/word/2012/wordml': 'w15',
  'http://schemas.openxmlformats.org/officeDocument/2006/relationships': 'r',
  'http://purl.oclc.org/ooxml/officeDocument/relationships': 'r',
  'http://schemas.openxmlformats.org/package/2006/relationships': 'rel',
  'http://schemas.openxmlformats.org/drawingml/2006/main': 'a',
  'http://purl.oclc.org/ooxml/drawingml/main': 'a',
  'http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing': 'wp',
  'http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing': 'wp',
  'http://schemas.openxmlformats.org/markup-compatibility/2006': 'mc',
  'urn:schemas-microsoft-com:vml': 'v',
}

interface Open {
  readonly name: string
  readonly attrs: Record<string, string>
  readonly children: (Xml | string)[]
}

/**
 * A part of a document as a tree. A document type, and with it every entity a file could define or fetch, is refused
 * (`unsafe_xml`) before anything is made of it; what is no XML is `import_unreadable`.
 */
export function readXml(bytes: Uint8Array): Xml {
  const parser = new SaxesParser({ xmlns: true })
  const root: Open = { name: '', attrs: {}, children: [] }
  const open: Open[] = [root]
  let elements = 0
  parser.on('doctype', () => {
    throw new Refusal('unsafe_xml')
  })
  parser.on('error', () => {
    throw new Refusal('import_unreadable')
  })
  parser.on('opentag', (tag) => {
    elements += 1
    if (open.length > MAX_XML_DEPTH || elements > MAX_ELEMENTS) throw new Refusal('archive_too_large')
    const attrs: Record<string, string> = {}
    for (const attribute of Object.values(tag.attributes)) {
      // An attribute without a prefix belongs to its element; relationships have only such.
      attrs[attribute.prefix === '' ? attribute.local : nameOf(attribute.uri, attribute.local)] =
        attribute.value
    }
    const element: Open = { name: nameOf(tag.uri, tag.local), attrs, children: [] }
    open.at(-1)?.children.push(element)
    open.push(element)
  })
  parser.on('closetag', () => {
    open.pop()
  })
  parser.on('text', (text) => {
    open.at(-1)?.children.push(text)
  })
  parser.on('cdata', (text) => {
    open.at(-1)?.children.push(text)
  })
  parser.write(decode(bytes)).close()
  const first = root.children.find((child): child is Xml => typeof child !== 'string')
  if (!first) throw new Refusal('import_unreadable')
  return first
}

function nameOf(uri: string, local: string): string {
  return `${PREFIXES[uri] ?? '?'}:${local}`
}

function decode(bytes: Uint8Array): string {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  return new TextDecoder('utf-8').decode(bytes)
}

export function elements(parent: Xml | undefined | null, name?: string): Xml[] {
  return (parent?.children ?? []).filter(
    (child): child is Xml => typeof child !== 'string' && (name === undefined || child.name === name),
  )
}

export function element(parent: Xml | undefined | null, ...path: readonly string[]): Xml | undefined {
  let at: Xml | undefined = parent ?? undefined
  for (const name of path) at = elements(at, name)[0]
  return at
}

/** The value of a property element, such as `w:val` of `w:pStyle`. */
export function value(parent: Xml | undefined | null, ...path: readonly string[]): string | undefined {
  return element(parent, ...path)?.attrs['w:val']
}

/** A switch: there, and not said to be off. */
export function isOn(parent: Xml | undefined | null, name: string): boolean {
  const found = element(parent, name)
  return found !== undefined && !/^(?:0|false|off|none)$/.test(found.attrs['w:val'] ?? '1')
}

/** Every element of a name below, in order. */
export function* below(parent: Xml, name: string): Generator<Xml> {
  for (const child of elements(parent)) {
    if (child.name === name) yield child
    yield* below(child, name)
  }
}
