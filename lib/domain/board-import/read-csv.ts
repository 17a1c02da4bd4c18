import { type Priority, priorities } from '../activity'
import { cleanCycle } from '../cycle'
import { type DayText, isDay } from '../day-text'
import { Refusal } from '../refusal'
import { parseCsv } from './csv'
import { Problems, type ReadActivity, type ReadImport } from './plan'

type Field =
  | 'title'
  | 'column'
  | 'owner'
  | 'cycle'
  | 'start'
  | 'due'
  | 'priority'
  | 'effort'
  | 'labels'
  | 'serves'
  | 'checklist'
  | 'department'

/** Heads of columns as people write them, in small letters. */
const heads: Readonly<Record<Field, readonly string[]>> = {
  title: ['title', 'name', 'activity', 'task', 'summary', '标题', '名称', '活动', '任务'],
  column: ['column', 'status', 'list', 'state', '列', '状态', '列表'],
  owner: ['owner', 'assignee', 'responsible', '负责人', '经办人'],
  cycle: ['cycle', 'quarter', '周期', '季度'],
  start: ['start', 'start date', '开始', '开始日期'],
  due: ['due', 'due date', 'deadline', '截止', '截止日期', '到期'],
  priority: ['priority', '优先级'],
  effort: ['effort', 'effort (days)', 'person-days', 'days', 'estimate', '工作量', '人天'],
  labels: ['labels', 'label', 'tags', '标签'],
  serves: ['serves', 'code', 'codes', '服务于', '对应'],
  checklist: ['checklist', 'subtasks', '清单', '子任务'],
  department: ['department', 'board', '部门', '看板'],
}

const prioritiesByWord: Readonly<Record<Priority, readonly string[]>> = {
  urgent: ['urgent', 'critical', 'highest', '紧急'],
  high: ['high', '高'],
  medium: ['medium', 'normal', '中', '普通'],
  low: ['low', 'lowest', '低'],
}

/** The activities of a CSV file. Refuses a file without a column of titles with `import_unreadable`. */
export function readCsvImport(text: string): ReadImport {
  const [head, ...rows] = parseCsv(text)
  const problems = new Problems()
  const place = new Map<Field, number>()
  for (const [index, name] of (head ?? []).entries()) {
    const field = fieldOf(name)
    if (field !== null && !place.has(field)) place.set(field, index)
    else if (name.trim() !== '') problems.add(1, 'not_kept', name)
  }
  if (!place.has('title')) throw new Refusal('import_unreadable')
  const activities = rows.flatMap((cells, i): ReadActivity[] => {
    const row = i + 2
    const cell = (field: Field) => uncover((cells[place.get(field) ?? -1] ?? '').trim())
    const title = cell('title')
    if (title === '') {
      problems.add(row, 'no_title', cells.join(' '))
      return []
    }
    return [
      {
        ref: null,
        row,
        title,
        department: cell('department') || null,
        column: cell('column') || null,
        owner: cell('owner') || null,
        cycle: cycleIn(cell('cycle'), row, problems),
        start: dayIn(cell('start'), row, problems),
        due: dayIn(cell('due'), row, problems),
        priority: priorityIn(cell('priority'), row, problems),
        effort: effortIn(cell('effort'), row, problems),
        labels: listIn(cell('labels')),
        serves: listIn(cell('serves')),
        checklist: linesIn(cell('checklist')),
        halt: null,
        archived: false,
      },
    ]
  })
  return { activities, handOffs: [], relations: [], measures: [], problems: problems.list }
}

function fieldOf(name: string): Field | null {
  const small = name.trim().toLowerCase()
  for (const [field, words] of Object.entries(heads)) if (words.includes(small)) return field as Field
  return null
}

/** Our own export put an apostrophe before what looked like a formula. */
function uncover(cell: string): string {
  return /^'\s*[=+\-@]/.test(cell) ? cell.slice(1) : cell
}

/** `2026-08-14`, and the same with slashes or dots: years first, so that no 4 March is taken for 3 April. */
export function dayIn(text: string, row: number, problems: Problems): DayText | null {
  if (text === '') return null
  const match = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$/.exec(text)
  const day = match ? `${match[1]}-${match[2]?.padStart(2, '0')}-${match[3]?.padStart(2, '0')}` : ''
  if (isDay(day)) return day
  problems.add(row, 'bad_date', text)
  return null
}

function cycleIn(text: string, row: number, problems: Problems) {
  if (text === '') return null
  try {
    return cleanCycle(text.toUpperCase().replace(/^Q([1-4]) (\d{4})$/, '$2-Q$1'))
  } catch {
    problems.add(row, 'bad_date', text)
    return null
  }
}

function priorityIn(text: string, row: number, problems: Problems): Priority | null {
  if (text === '') return null
  const found = priorities.find((priority) => prioritiesByWord[priority].includes(text.toLowerCase()))
  if (!found) problems.add(row, 'bad_priority', text)
  return found ?? null
}

function effortIn(text: string, row: number, problems: Problems): number | null {
  if (text === '') return null
  const value = Number(text.replace(',', '.'))
  if (Number.isFinite(value) && value >= 0 && value <= 10_000) return value
  problems.add(row, 'bad_number', text)
  return null
}

const listIn = (text: string) =>
  text
    .split(/[,;，；、|]/)
    .map((word) => word.trim())
    .filter((word) => word !== '')

const linesIn = (text: string) =>
  text
    .split(/\n|;/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const done = /^\[[xX✓]\]\s*/.exec(line)
      return { title: line.replace(/^\[[ xX✓]?\]\s*/, ''), done: done !== null }
    })
