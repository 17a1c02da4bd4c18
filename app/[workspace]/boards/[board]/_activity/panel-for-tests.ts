import { words } from '@/lib/i18n/words'
import { type Id, newId } from '@/lib/kit/ids'
import type { PanelActivity, PanelData } from './panel-data'
import { type Names, namesOf } from './use-names'

/** An activity as a panel is given one, for the tests of what is made of it. */
export function activityForTests(given: Partial<PanelActivity> = {}): PanelActivity {
  return {
    id: newId('act'),
    workspaceId: newId('ws'),
    boardId: newId('brd'),
    columnId: newId('col'),
    place: 'a0',
    title: 'A cost report for 30 chains',
    documentId: newId('doc'),
    ownerId: null,
    helpers: [],
    watchers: [],
    cycle: null,
    start: null,
    due: null,
    priority: null,
    effort: null,
    labels: [],
    serves: [],
    measures: [],
    checklist: [],
    halt: null,
    status: 'active',
    revision: 1,
    createdBy: newId('mem'),
    ...given,
  }
}

export function panelForTests(given: Partial<PanelData> = {}): PanelData {
  const activity = given.activity ?? activityForTests()
  const board = {
    boardId: activity.boardId,
    departmentId: newId('dep'),
    kind: 'marketing' as const,
    name: null,
    archived: false,
  }
  return {
    slug: 'ladleworks',
    me: { userId: newId('usr'), memberId: newId('mem') },
    activity,
    board,
    boards: [board],
    columns: [],
    labels: [],
    comments: [],
    hears: false,
    waiting: 0,
    files: [],
    history: [],
    handOffs: [],
    relations: [],
    neighbours: [],
    people: [],
    items: [],
    strategy: null,
    measures: [],
    trace: { links: [], loose: [], principles: [], petProject: true },
    today: '2026-09-18',
    cycle: '2026-Q3',
    may: {
      edit: true,
      move: true,
      comment: true,
      attach: true,
      request: false,
      moderate: false,
      measure: true,
      offers: [],
      answers: [],
    },
    description: null,
    words: null,
    zone: 'UTC',
    readAt: 0,
    ...given,
  }
}

export function namesForTests(data: PanelData, language: 'en' | 'zh' = 'en'): Names {
  return namesOf(data, words(language), language)
}

export function personForTests(name: string, id: Id<'mem'> = newId('mem')): PanelData['people'][number] {
  return { id, userId: newId('usr'), name, image: null, departments: [] }
}
