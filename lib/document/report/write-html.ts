import { blocksHtml, type Writing } from '../export-html/blocks'
import { exportCss } from '../export-html/css'
import { threadNumbers } from '../export-html/inline'
import { escapeText } from '../render/escape'
import type { Report } from './report'

/** A report as a file of its own: no scripts, nothing loaded from anywhere, and a policy that says so. The PDF is printed from it. */
export function writeReportHtml(report: Report): string {
  const { title, language, properties, sections, made } = report
  const lang = language === 'zh' ? 'zh-Hans' : 'en'
  const writing: Writing = {
    language,
    threads: threadNumbers([], new Map()),
    // A report quotes words; pictures stay where they are.
    source: () => null,
    words: { note: '', attention: '' },
  }
  const facts = properties.map(([key, value]) => `<dt>${escapeText(key)}</dt><dd>${escapeText(value)}</dd>`)
  const body = sections.map(
    (section) =>
      `<section class="chapter"><h2>${escapeText(section.title)}</h2>\n${blocksHtml(section.blocks, writing)}</section>`,
  )
  return `<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${escapeText(title)}</title>
<style>:root { color-scheme: light dark; } html { background: light-dark(#FCFDFB, #14181A); } body { margin: 0; } @media print { :root { color-scheme: light; } html { background: none; } }
${exportCss(title)}
.sheet-out section table { width: 100%; font: 400 .8125rem/1.45 var(--sans); } .sheet-out section table p { margin: 0; } .sheet-out section table .right { white-space: nowrap; font-variant-numeric: tabular-nums; } .sheet-out section.chapter h2 { font-size: 1.375rem; } @media print { .sheet-out section table { font-size: 9pt; } .sheet-out section.chapter h2 { font-size: 15pt; margin-top: 20pt; } .sheet-out h3 { font-size: 10pt; } }
</style>
</head>
<body>
<article class="sheet-out" lang="${lang}">
<header><h1>${escapeText(title)}</h1>
${facts.length > 0 ? `<dl class="props">${facts.join('')}</dl>` : ''}</header>
${body.join('\n')}
<footer class="made">${escapeText(made)}</footer>
</article>
</body>
</html>
`
}
