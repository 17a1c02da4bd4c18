/** A text as a CSS string. Everything but letters and digits is escaped, so it cannot end the string or the sheet. */
export function cssString(text: string): string {
  const body = [...text]
    .map((char) => (/[\p{L}\p{N} ]/u.test(char) ? char : `\\${(char.codePointAt(0) ?? 0).toString(16)} `))
    .join('')
  return `"${body}"`
}

/**
 * How an exported strategy looks, on paper and on a screen. Paper is A4: the title runs along the top, the page's
 * number along the bottom, heads of tables come again on every page, and no heading stands alone at its end.
 */
export function exportCss(title: string): string {
  return `
@page { size: A4; margin: 24mm 22mm 22mm; @top-left { content: ${cssString(title)}; font: 8.5pt/1.2 ${SANS}; color: #5B656A; } @bottom-right { content: counter(page) " / " counter(pages); font: 8.5pt/1.2 ${SANS}; color: #5B656A; } }
@page :first { @top-left { content: none; } }
.sheet-out { --ink: light-dark(#13181B, #ECEEEA); --ink-2: light-dark(#414A4F, #BCC3C1); --ink-3: light-dark(#5B656A, #949D9B); --rule: light-dark(#DBDFDA, #272D30); --rule-2: light-dark(#BFC6C1, #3B4347); --seal: light-dark(#C22D1B, #F05A42); --wash: light-dark(#F4F5F2, #1C2124); --mark: light-dark(#F6ECC4, #3D3718); --serif: ${SERIF}; --sans: ${SANS};
  color: var(--ink); font: 400 1.0625rem/1.62 var(--serif); max-width: 42rem; margin-inline: auto; padding: 3rem 1.25rem 5rem; overflow-wrap: break-word; }
.sheet-out:lang(zh) { font-size: 1rem; line-height: 1.9; line-break: strict; text-autospace: normal; }
.sheet-out *, .sheet-out *::before { box-sizing: border-box; }
.sheet-out :is(h1, h2, h3, h4, h5, p, ul, ol, dl, dd, figure, blockquote, pre, table) { margin: 0; }
.sheet-out h1 { font: 400 2.25rem/1.16 var(--serif); letter-spacing: -.01em; margin-bottom: 1rem; } .sheet-out h1:lang(zh) { letter-spacing: .02em; line-height: 1.3; }
.sheet-out h2 { font: 400 1.75rem/1.25 var(--serif); margin: 3.2rem 0 1.1rem; padding-top: .9rem; border-top: 1px solid var(--rule-2); } .sheet-out h2 .n { display: inline-block; min-width: 1.6em; color: var(--ink-3); } .sheet-out .policy h2 { border-top: 3px solid var(--seal); } .sheet-out .policy h2 .n { color: var(--seal); }
.sheet-out h3 { font: 600 .9375rem/1.4 var(--sans); margin: 2rem 0 .6rem; } .sheet-out h4 { font: 600 .875rem/1.45 var(--sans); color: var(--ink-2); margin: 1.5rem 0 .5rem; } .sheet-out h5 { font: 500 .875rem/1.45 var(--sans); color: var(--ink-3); margin: 1.2rem 0 .4rem; }
.sheet-out :is(p, ul, ol, blockquote, .note, pre, .wide, figure, .item, hr) + :is(p, ul, ol, blockquote, .note, pre, .wide, figure, .item, hr) { margin-top: .72em; }
.sheet-out ul, .sheet-out ol { padding-left: 1.35em; } .sheet-out li + li { margin-top: .35em; } .sheet-out li > :is(ul, ol) { margin-top: .3em; } .sheet-out ul { list-style: "–  "; } .sheet-out ul ul { list-style: "·  "; }
.sheet-out ul.tasks { list-style: none; padding-left: 0; } .sheet-out ul.tasks > li { padding-left: 1.7em; position: relative; } .sheet-out ul.tasks > li > .box { position: absolute; left: 0; font-family: var(--sans); }
.sheet-out blockquote { padding-left: 1.3em; border-left: 1px solid var(--rule-2); color: var(--ink-2); }
.sheet-out .note { padding: .7rem 1rem; border-block: 1px solid var(--rule-2); background: var(--wash); } .sheet-out .note.attention { border-color: var(--ink-3); } .sheet-out .note > .label { font: 600 .8125rem/1.4 var(--sans); color: var(--ink-2); }
.sheet-out pre { font: .8125rem/1.5 ui-monospace, "SF Mono", Menlo, Consolas, "Noto Sans Mono CJK SC", monospace; background: var(--wash); padding: .7rem .9rem; white-space: pre-wrap; overflow-wrap: anywhere; } .sheet-out code { font-size: .86em; } .sheet-out pre code { font: inherit; }
.sheet-out hr { border: 0; border-top: 1px solid var(--rule-2); margin-block: 1.6em; }
.sheet-out em:lang(zh) { font-style: normal; text-emphasis: filled dot; text-emphasis-position: under right; }
.sheet-out a { color: inherit; text-decoration-color: var(--ink-3); }
.sheet-out img { display: block; max-width: 100%; height: auto; }
.sheet-out .wide { overflow-x: auto; } .sheet-out table { border-collapse: collapse; font-size: .9375em; line-height: 1.5; } .sheet-out :is(td, th) { padding: .4rem .9rem .45rem 0; border-bottom: 1px solid var(--rule); vertical-align: top; text-align: start; } .sheet-out th { font: 500 .8125rem/1.4 var(--sans); color: var(--ink-3); border-bottom-color: var(--rule-2); } .sheet-out .right { text-align: end; } .sheet-out .center { text-align: center; }
.sheet-out .props { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; font: 400 .875rem/1.6 var(--sans); color: var(--ink-2); margin-bottom: 1.6rem; } .sheet-out .props dt { color: var(--ink-3); } .sheet-out .props dd { margin: 0; }
.sheet-out .item > p { padding-left: 1.35em; text-indent: -1.35em; } .sheet-out .item strong { font-weight: 650; } .sheet-out .item .fields { display: grid; grid-template-columns: max-content 1fr; gap: .05rem .8rem; margin: .2rem 0 0 1.35em; font-size: .875em; line-height: 1.55; color: var(--ink-2); } .sheet-out .item .fields dt { color: var(--ink-3); font-family: var(--sans); font-size: .93em; } .sheet-out .item .fields dd { margin: 0; } .sheet-out .item > p.sentence { font-size: 1.25rem; line-height: 1.45; margin-top: .7rem; border-left: 3px solid var(--seal); padding-left: 1rem; text-indent: 0; } .sheet-out .item.intent > p { padding-left: 0; text-indent: 0; } .sheet-out .item.positioning > p + p { margin-top: .3em; }
.sheet-out mark { background: var(--mark); color: inherit; } .sheet-out sup.ref { font: 600 .625rem/1 var(--sans); color: var(--ink-2); vertical-align: super; margin-left: .15em; }
.sheet-out .talk h2 { border-top-color: var(--rule-2); } .sheet-out .talk > ol { list-style: none; padding: 0; display: grid; gap: 1.3rem; } .sheet-out .thread { font: 400 .875rem/1.55 var(--sans); padding-left: 2.2rem; position: relative; } .sheet-out .thread > .no { position: absolute; left: 0; font-weight: 600; color: var(--ink-3); font-variant-numeric: tabular-nums; } .sheet-out .thread q, .sheet-out .thread .about { display: block; font-family: var(--serif); font-size: 1.0625em; color: var(--ink-2); quotes: none; } .sheet-out .thread .said { margin-top: .45rem; } .sheet-out .thread .said p { white-space: pre-wrap; } .sheet-out .thread .said + .said { padding-left: 1rem; border-left: 1px solid var(--rule-2); } .sheet-out .thread .who { font-weight: 600; } .sheet-out .thread .when, .sheet-out .thread .state { color: var(--ink-3); } 
.sheet-out .made { margin-top: 4rem; padding-top: .8rem; border-top: 1px solid var(--rule); font: 400 .8125rem/1.5 var(--sans); color: var(--ink-3); }
@media print {
  .sheet-out { color-scheme: light; max-width: none; padding: 0; font-size: 10.5pt; } .sheet-out:lang(zh) { font-size: 10.5pt; line-height: 1.75; } .sheet-out h1 { font-size: 24pt; margin-top: 0; } .sheet-out h2 { font-size: 17pt; margin-top: 26pt; }
  .sheet-out section.chapter + section.chapter h2 { margin-top: 30pt; }
  .sheet-out :is(h1, h2, h3, h4, h5) { break-after: avoid; } .sheet-out :is(tr, img, .note, .item, .said, blockquote) { break-inside: avoid; } .sheet-out .thread > q { break-after: avoid; } .sheet-out pre { break-inside: auto; } .sheet-out p, .sheet-out li { orphans: 3; widows: 3; } .sheet-out thead { display: table-header-group; } .sheet-out .wide { overflow: visible; } .sheet-out mark { -webkit-print-color-adjust: exact; print-color-adjust: exact; } .sheet-out .made { break-before: avoid; }
}`
}

const SERIF =
  '"Iowan Old Style", "Source Serif 4", Charter, "Songti SC", "Noto Serif CJK SC", "Noto Serif SC", "Source Han Serif SC", Georgia, "Microsoft YaHei", serif'
const SANS =
  '-apple-system, "Segoe UI", "PingFang SC", "Noto Sans CJK SC", "Noto Sans SC", "Microsoft YaHei", Roboto, "Helvetica Neue", sans-serif'
