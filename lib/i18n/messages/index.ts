import activityEn from './en/activity.json' with { type: 'json' }
import authEn from './en/auth.json' with { type: 'json' }
import boardsEn from './en/boards.json' with { type: 'json' }
import calendarEn from './en/calendar.json' with { type: 'json' }
import checkEn from './en/check.json' with { type: 'json' }
import coherenceEn from './en/coherence.json' with { type: 'json' }
import commonEn from './en/common.json' with { type: 'json' }
import editorEn from './en/editor.json' with { type: 'json' }
import exchangeEn from './en/exchange.json' with { type: 'json' }
import inboxEn from './en/inbox.json' with { type: 'json' }
import itemsEn from './en/items.json' with { type: 'json' }
import mailEn from './en/mail.json' with { type: 'json' }
import measuresEn from './en/measures.json' with { type: 'json' }
import overviewEn from './en/overview.json' with { type: 'json' }
import peopleEn from './en/people.json' with { type: 'json' }
import quartersEn from './en/quarters.json' with { type: 'json' }
import refusalEn from './en/refusal.json' with { type: 'json' }
import reportEn from './en/report.json' with { type: 'json' }
import reviewsEn from './en/reviews.json' with { type: 'json' }
import sampleEn from './en/sample.json' with { type: 'json' }
import shellEn from './en/shell.json' with { type: 'json' }
import strategyEn from './en/strategy.json' with { type: 'json' }
import suggestEn from './en/suggest.json' with { type: 'json' }
import threadsEn from './en/threads.json' with { type: 'json' }
import trayEn from './en/tray.json' with { type: 'json' }
import versionsEn from './en/versions.json' with { type: 'json' }
import viewsEn from './en/views.json' with { type: 'json' }
import workEn from './en/work.json' with { type: 'json' }
import activityZh from './zh/activity.json' with { type: 'json' }
import authZh from './zh/auth.json' with { type: 'json' }
import boardsZh from './zh/boards.json' with { type: 'json' }
import calendarZh from './zh/calendar.json' with { type: 'json' }
import checkZh from './zh/check.json' with { type: 'json' }
import coherenceZh from './zh/coherence.json' with { type: 'json' }
import commonZh from './zh/common.json' with { type: 'json' }
import editorZh from './zh/editor.json' with { type: 'json' }
import exchangeZh from './zh/exchange.json' with { type: 'json' }
import inboxZh from './zh/inbox.json' with { type: 'json' }
import itemsZh from './zh/items.json' with { type: 'json' }
import mailZh from './zh/mail.json' with { type: 'json' }
import measuresZh from './zh/measures.json' with { type: 'json' }
import overviewZh from './zh/overview.json' with { type: 'json' }
import peopleZh from './zh/people.json' with { type: 'json' }
import quartersZh from './zh/quarters.json' with { type: 'json' }
import refusalZh from './zh/refusal.json' with { type: 'json' }
import reportZh from './zh/report.json' with { type: 'json' }
import reviewsZh from './zh/reviews.json' with { type: 'json' }
import sampleZh from './zh/sample.json' with { type: 'json' }
import shellZh from './zh/shell.json' with { type: 'json' }
import strategyZh from './zh/strategy.json' with { type: 'json' }
import suggestZh from './zh/suggest.json' with { type: 'json' }
import threadsZh from './zh/threads.json' with { type: 'json' }
import trayZh from './zh/tray.json' with { type: 'json' }
import versionsZh from './zh/versions.json' with { type: 'json' }
import viewsZh from './zh/views.json' with { type: 'json' }
import workZh from './zh/work.json' with { type: 'json' }

const en = {
  activity: activityEn,
  auth: authEn,
  boards: boardsEn,
  coherence: coherenceEn,
  check: checkEn,
  common: commonEn,
  editor: editorEn,
  inbox: inboxEn,
  items: itemsEn,
  exchange: exchangeEn,
  mail: mailEn,
  overview: overviewEn,
  calendar: calendarEn,
  sample: sampleEn,
  measures: measuresEn,
  work: workEn,
  tray: trayEn,
  people: peopleEn,
  quarters: quartersEn,
  refusal: refusalEn,
  report: reportEn,
  reviews: reviewsEn,
  shell: shellEn,
  strategy: strategyEn,
  suggest: suggestEn,
  threads: threadsEn,
  versions: versionsEn,
  views: viewsEn,
}

/** Chinese has the same keys, or the types and the parity check say where not. */
const zh: typeof en = {
  activity: activityZh,
  auth: authZh,
  boards: boardsZh,
  coherence: coherenceZh,
  check: checkZh,
  common: commonZh,
  editor: editorZh,
  inbox: inboxZh,
  items: itemsZh,
  exchange: exchangeZh,
  mail: mailZh,
  overview: overviewZh,
  calendar: calendarZh,
  sample: sampleZh,
  measures: measuresZh,
  work: workZh,
  tray: trayZh,
  people: peopleZh,
  quarters: quartersZh,
  refusal: refusalZh,
  report: reportZh,
  reviews: reviewsZh,
  shell: shellZh,
  strategy: strategyZh,
  suggest: suggestZh,
  threads: threadsZh,
  versions: versionsZh,
  views: viewsZh,
}

export const messages = { en, zh }

export type Namespace = keyof typeof en

/** `namespace.key`, checked by the compiler. */
export type MessageKey = { [N in Namespace]: `${N}.${Extract<keyof (typeof en)[N], string>}` }[Namespace]
