import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { duplicateDocument } from '../duplicate'
import { openHeadless } from '../testing/headless'
import { documentWith, EVERYTHING, paragraph, text } from '../testing/sample'
import { renderHtml } from './html'

/** Without what the editor adds to its DOM outside of `toDOM` (fillers) and what only our HTML has (ids). */
const plain = (html: string) =>
  html.replaceAll('<br class="ProseMirror-trailingBreak">', '').replace(/ id="h-[^"]+"/g, '')

test('the HTML is what the editor draws', () => {
  const { root } = documentWith(EVERYTHING)
  const open = openHeadless(root)
  expect(plain(renderHtml(root))).toBe(open.html())
})

test('a heading is linkable before any script runs', () => {
  const { root } = documentWith(EVERYTHING)
  expect(renderHtml(root)).toMatch(/^<h3 id="h-1-\w+">Market &amp; rivals<\/h3>/)
})

test('an empty root is no HTML', () => {
  expect(renderHtml(new Y.Doc().getXmlFragment('policy'))).toBe('')
})

test('a line without words keeps its height', () => {
  const { root } = documentWith([paragraph(), paragraph('x', { type: 'hardBreak' })])
  const filler = '<br class="ProseMirror-trailingBreak">'
  expect(renderHtml(root)).toBe(`<p>${filler}</p><p>x<br>${filler}</p>`)
})

test.each([
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  ' javascript:alert(1)',
  'java\nscript:alert(1)',
  '\u0001javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:x',
  '//evil.test',
  '/relative',
  'https:evil.test',
  'https://a b',
])('row 33: a link to %j written past the editor is words only, here and in the editor', (href) => {
  const { root } = documentWith([paragraph(text('press me', { type: 'link', attrs: { href } }))])
  const html = renderHtml(root)
  expect(plain(html)).toBe('<p><span class="inert">press me</span></p>')
  expect(openHeadless(root).html()).toBe(plain(html))
})

test.each([
  'http://127.0.0.1:5432',
  'http://[::1]',
  'http://10.0.0.1',
  'https://evil.test/pixel.png',
  'file:///etc/passwd',
  '//evil.test/x',
  '/files/../api/auth/signout',
  'data:image/svg+xml,<svg onload=alert(1)>',
])('row 39: a picture at %j is its words only, here, in the editor and in a copy', (address) => {
  const doc = new Y.Doc()
  const root = doc.getXmlFragment('situation')
  const named = new Y.XmlElement('image')
  named.setAttribute('fileId', address)
  named.setAttribute('src', address)
  named.setAttribute('alt', 'a chart')
  const unnamed = new Y.XmlElement('image')
  unnamed.setAttribute('src', address)
  root.insert(0, [named, unnamed])
  const html = renderHtml(root)
  expect(plain(html)).toBe('<p class="inert">a chart</p><p class="inert"></p>')
  expect(openHeadless(root).html()).toBe(plain(html))
  const copy = new Y.Doc()
  Y.applyUpdate(copy, duplicateDocument(Y.encodeStateAsUpdate(doc)))
  expect(renderHtml(copy.getXmlFragment('situation'))).toBe(html)
})

test('row 32: nothing written past the editor becomes a tag or an attribute', () => {
  const doc = new Y.Doc()
  const root = doc.getXmlFragment('situation')
  const script = new Y.XmlElement('script')
  script.insert(0, [new Y.XmlText('alert(1)')])
  const quote = new Y.XmlElement('blockquote')
  quote.setAttribute('onclick', 'alert(2)')
  const cell = new Y.XmlElement('tableCell')
  cell.insert(0, [new Y.XmlText('stray')])
  quote.insert(0, [cell])
  const image = new Y.XmlElement('image')
  image.setAttribute('fileId', '"><img src=x onerror=alert(3)>')
  image.setAttribute('src', 'https://evil.test/x.png')
  image.setAttribute('alt', '<b>alt</b>')
  const fence = new Y.XmlElement('codeBlock')
  fence.setAttribute('language', '"><script>')
  const heading = new Y.XmlElement('heading')
  heading.setAttribute('level', '99')
  heading.insert(0, [new Y.XmlText('loud')])
  root.insert(0, [script, quote, image, fence, heading, new Y.XmlText('<i>root text</i>')])
  expect(plain(renderHtml(root))).toBe(
    '<div class="inert">alert(1)</div>' +
      '<blockquote><div class="inert">stray</div></blockquote>' +
      '<p class="inert">&lt;b&gt;alt&lt;/b&gt;</p>' +
      '<pre><code></code></pre>' +
      '<h3>loud</h3>' +
      '<div class="inert">&lt;i&gt;root text&lt;/i&gt;</div>',
  )
})

test('twenty thousand quotes inside each other are text below the sixty-fourth', () => {
  const doc = new Y.Doc()
  const root = doc.getXmlFragment('situation')
  doc.transact(() => {
    let at: Y.XmlFragment = root
    for (let depth = 0; depth < 20_000; depth++) {
      const quote = new Y.XmlElement('blockquote')
      at.insert(0, [quote])
      at = quote
    }
    const line = new Y.XmlElement('paragraph')
    line.insert(0, [new Y.XmlText('at the bottom')])
    at.insert(0, [line])
  })
  const html = renderHtml(root)
  expect(html.split('<blockquote>').length - 1).toBe(64)
  expect(html).toContain('<div class="inert">at the bottom</div>')
})
