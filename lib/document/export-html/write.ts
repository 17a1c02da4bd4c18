import { type ExportedStrategy, lastTextOf, type PictureForExport, type ThreadForExport } from '../exported'
import { CHAPTER_TITLES } from '../markdown/frame'
import { escapeText } from '../render/escape'
import { CHAPTERS } from '../roots'
import { codesOf, withWrittenItems } from '../written-items'
import { blocksHtml, type Writing } from './blocks'
import { exportCss } from './css'
import { threadNumbers } from './inline'

/** The few words of an export that are not the strategy's own. */
export interface ExportWords {
  readonly note: string
  readonly attention: string
  readonly comments: string
  readonly about: (name: string) => string
  readonly resolved: string
  readonly outcome: (outcome: 'adopted' | 'rejected' | 'watch') => string
  readonly deletedText: string
  readonly deletedComment: string
  readonly edited: string
  /** `Written out on 14 August 2026.` */
  readonly made: string
  /** A moment as the reader writes it. */
  readonly moment: (at: number) => string
}

export interface HtmlOptions {
  readonly words: ExportWords
  /** Where a picture is found; left out: its bytes become part of the file. */
  readonly source?: (fileId: string) => string | null
}

/** The body of a strategy as HTML: one `<article class="sheet-out">`. Style it with `exportCss`. */
export function articleHtml(strategy: ExportedStrategy, { words, source }: HtmlOptions): string {
  const { language, threads } = strategy
  const codes = codesOf(strategy.chapters)
  const chapters = withWrittenItems(strategy.chapters, language)
  const writing: Writing = {
    language,
    words,
    threads: threadNumbers(threads, lastTextOf(chapters)),
    source(fileId) {
      const picture = strategy.pictures.get(fileId) ?? null
      const src = source ? source(fileId) : picture && dataUri(picture)
      return src === null ? null : { src, picture }
    },
  }
  const properties = strategy.properties.map(
    ([key, value]) => `<dt>${escapeText(key)}</dt><dd>${escapeText(value)}</dd>`,
  )
  const lang = language === 'zh' ? 'zh-Hans' : 'en'
  return [
    `<article class="sheet-out" lang="${lang}">`,
    `<header><h1>${escapeText(strategy.title)}</h1>`,
    properties.length > 0 ? `<dl class="props">${properties.join('')}</dl>` : '',
    blocksHtml(chapters.preface, writing),
    '</header>',
    ...CHAPTERS.map((chapter, index) => {
      const number = language === 'zh' ? '一二三四'.charAt(index) : index + 1
      const head = `<h2><span class="n">${number}</span>${CHAPTER_TITLES[language][chapter]}</h2>`
      return `<section class="chapter ${chapter}">${head}\n${blocksHtml(chapters[chapter], writing)}</section>`
    }),
    threads.length > 0 ? talk(threads, codes, words) : '',
    `<footer class="made">${escapeText(words.made)}</footer>`,
    '</article>',
  ]
    .filter((part) => part !== '')
    .join('\n')
}

/** A file of its own: no scripts, nothing loaded from anywhere, and a policy that says so. */
export function writeHtml(strategy: ExportedStrategy, options: HtmlOptions): string {
  const lang = strategy.language === 'zh' ? 'zh-Hans' : 'en'
  return `<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${escapeText(strategy.title)}</title>
<style>:root { color-scheme: light dark; } html { background: light-dark(#FCFDFB, #14181A); } body { margin: 0; } @media print { :root { color-scheme: light; } html { background: none; } }
${exportCss(strategy.title)}
</style>
</head>
<body>
${articleHtml(strategy, options)}
</body>
</html>
`
}

function dataUri(picture: PictureForExport): string | null {
  // Only what a picture can be; the type goes into an address.
  if (!/^image\/(png|jpeg|webp|gif)$/.test(picture.type)) return null
  return `data:${picture.type};base64,${Buffer.from(picture.bytes).toString('base64')}`
}

function talk(
  threads: readonly ThreadForExport[],
  codes: ReadonlyMap<string, string>,
  words: ExportWords,
): string {
  const entries = threads.map((thread, index) => {
    const { anchor } = thread
    const about =
      anchor.kind === 'words'
        ? anchor.quote === ''
          ? ''
          : `<q>${escapeText(anchor.quote)}</q>`
        : `<span class="about">${escapeText(words.about(codes.get(anchor.item) ?? ''))}</span>`
    const state = [
      thread.resolved ? (thread.outcome ? words.outcome(thread.outcome) : words.resolved) : '',
      thread.resolved && thread.reason ? thread.reason : '',
      thread.resolved && thread.measure ? thread.measure : '',
      thread.resolved && thread.until ? thread.until : '',
      thread.onDeletedText ? words.deletedText : '',
    ].filter((part) => part !== '')
    const said = thread.comments.map((comment) => {
      const edited = comment.editedAt === null ? '' : ` · ${escapeText(words.edited)}`
      const when = `<time class="when" datetime="${new Date(comment.at).toISOString()}">${escapeText(words.moment(comment.at))}${edited}</time>`
      const text =
        comment.text === ''
          ? `<p class="when">${escapeText(words.deletedComment)}</p>`
          : `<p>${escapeText(comment.text)}</p>`
      return `<div class="said"><span class="who">${escapeText(comment.author)}</span> ${when}${text}</div>`
    })
    const stands = state.length > 0 ? `<p class="state">${escapeText(state.join(' · '))}</p>` : ''
    const back =
      thread.onDeletedText || anchor.kind === 'item'
        ? `${index + 1}`
        : `<a href="#ref-${index + 1}">${index + 1}</a>`
    return `<li class="thread" id="thread-${index + 1}"><span class="no">${back}</span>${about}${said.join('')}${stands}</li>`
  })
  return `<section class="talk"><h2>${escapeText(words.comments)}</h2><ol>${entries.join('\n')}</ol></section>`
}
