import type { Language } from '@/lib/domain/language'
import type { PictureForExport } from '../exported'
import type { NodeJson } from '../json'
import { escapeAttribute, escapeText } from '../render/escape'
import { inlineHtml, type Threads } from './inline'

export interface Writing {
  readonly language: Language
  readonly threads: Threads
  /** The address of a picture, or null when it cannot be shown. */
  source(fileId: string): { readonly src: string; readonly picture: PictureForExport | null } | null
  readonly words: { readonly note: string; readonly attention: string }
}

/** Blocks as HTML for reading and printing: no scripts, no fields, no addresses but the pictures'. */
export function blocksHtml(nodes: readonly NodeJson[], writing: Writing): string {
  return nodes.map((node) => blockHtml(node, writing)).join('\n')
}

function blockHtml(node: NodeJson, writing: Writing): string {
  const content = node.content ?? []
  const inline = () => inlineHtml(content, writing.threads)
  const inside = () => blocksHtml(content, writing)
  switch (node.type) {
    case 'paragraph':
      return content.length === 0 ? '' : `<p>${inline()}</p>`
    case 'heading': {
      const level = node.attrs?.level === 4 || node.attrs?.level === 5 ? node.attrs.level : 3
      return `<h${level}>${inline()}</h${level}>`
    }
    case 'blockquote':
      return `<blockquote>${inside()}</blockquote>`
    case 'callout': {
      const attention = node.attrs?.kind === 'attention'
      const label = attention ? writing.words.attention : writing.words.note
      return `<div class="note${attention ? ' attention' : ''}"><p class="label">${escapeText(label)}</p>${inside()}</div>`
    }
    case 'bulletList':
      return `<ul>${content.map((item) => `<li>${entry(item, writing)}</li>`).join('')}</ul>`
    case 'orderedList': {
      const start = Number(node.attrs?.start ?? 1)
      return `<ol${start === 1 ? '' : ` start="${start}"`}>${content.map((item) => `<li>${entry(item, writing)}</li>`).join('')}</ol>`
    }
    case 'taskList':
      return `<ul class="tasks">${content
        .map(
          (item) =>
            `<li><span class="box">${item.attrs?.checked === true ? '☑' : '☐'}</span>${entry(item, writing)}</li>`,
        )
        .join('')}</ul>`
    case 'codeBlock':
      return `<pre><code>${escapeText(content.map((child) => child.text ?? '').join(''))}</code></pre>`
    case 'horizontalRule':
      return '<hr>'
    case 'table':
      return table(content, writing)
    case 'image':
      return picture(node, writing)
    case 'item':
      return itemHtml(node, writing)
    case 'foreign':
      return typeof node.attrs?.text === 'string' ? `<p>${escapeText(node.attrs.text)}</p>` : ''
    default:
      return ''
  }
}

/** An entry of a single line needs no paragraph around it. */
function entry(item: NodeJson, writing: Writing): string {
  const [first, ...more] = item.content ?? []
  if (first?.type !== 'paragraph') return blocksHtml(item.content ?? [], writing)
  return inlineHtml(first.content ?? [], writing.threads) + blocksHtml(more, writing)
}

function table(rows: readonly NodeJson[], writing: Writing): string {
  const isHead = (row: NodeJson | undefined) =>
    (row?.content ?? []).length > 0 && (row?.content ?? []).every((cell) => cell.type === 'tableHeader')
  const written = (row: NodeJson) =>
    `<tr>${(row.content ?? []).map((one) => cell(one, writing)).join('')}</tr>`
  let heads = 0
  while (isHead(rows[heads])) heads += 1
  // A table of nothing but heads has a body all the same: heads alone would be repeated into nowhere.
  if (heads === rows.length) heads = Math.min(1, heads)
  const head = heads > 0 ? `<thead>${rows.slice(0, heads).map(written).join('')}</thead>` : ''
  return `<div class="wide"><table>${head}<tbody>${rows.slice(heads).map(written).join('')}</tbody></table></div>`
}

function cell(node: NodeJson, writing: Writing): string {
  const tag = node.type === 'tableHeader' ? 'th' : 'td'
  const span = (name: 'colspan' | 'rowspan') =>
    typeof node.attrs?.[name] === 'number' && node.attrs[name] !== 1 ? ` ${name}="${node.attrs[name]}"` : ''
  const align = node.attrs?.align
  const place = align === 'right' || align === 'center' ? ` class="${align}"` : ''
  return `<${tag}${span('colspan')}${span('rowspan')}${place}>${entry(node, writing)}</${tag}>`
}

function picture(node: NodeJson, writing: Writing): string {
  const alt = typeof node.attrs?.alt === 'string' ? node.attrs.alt : ''
  const found = typeof node.attrs?.fileId === 'string' ? writing.source(node.attrs.fileId) : null
  if (found === null) return alt === '' ? '' : `<p>${escapeText(alt)}</p>`
  const width = typeof node.attrs?.width === 'number' ? node.attrs.width : found.picture?.width
  return `<figure><img src="${escapeAttribute(found.src)}" alt="${escapeAttribute(alt)}"${width === undefined ? '' : ` width="${width}"`}></figure>`
}

function itemHtml(node: NodeJson, writing: Writing): string {
  const kind =
    typeof node.attrs?.kind === 'string' && /^[a-z]+$/.test(node.attrs.kind) ? node.attrs.kind : 'other'
  const out: string[] = []
  let fields = ''
  const endFields = () => {
    if (fields !== '') out.push(`<dl class="fields">${fields}</dl>`)
    fields = ''
  }
  for (const line of node.content ?? []) {
    const html = inlineHtml(line.content ?? [], writing.threads)
    if (line.type === 'itemProperty') {
      fields += `<dt>${escapeText(String(line.attrs?.key ?? ''))}</dt><dd>${html}</dd>`
      continue
    }
    endFields()
    out.push(line.type === 'itemSentence' ? `<p class="sentence">${html}</p>` : `<p>${html}</p>`)
  }
  endFields()
  return `<div class="item ${kind}">${out.join('')}</div>`
}
