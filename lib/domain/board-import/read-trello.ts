import { z } from 'zod'
import { Refusal } from '../refusal'
import { MAX_IMPORT_BYTES, MAX_IMPORT_ROWS, Problems, type ReadImport } from './plan'
import { dayIn } from './read-csv'

const text = z.string().catch('')
const list = <T extends z.ZodType>(of: T) => z.array(of).catch([])

/** As much of Trello's export as an activity can hold; the rest of the file may be anything. */
const shape = z.object({
  lists: z.array(z.object({ id: z.string(), name: text, closed: z.boolean().catch(false) })),
  cards: z.array(
    z.object({
      name: text,
      desc: text,
      idList: text,
      closed: z.boolean().catch(false),
      start: z.string().nullish().catch(null),
      due: z.string().nullish().catch(null),
      pos: z.number().catch(0),
      idMembers: list(z.string()),
      labels: list(z.object({ name: text, color: z.string().nullish().catch(null) })),
      idChecklists: list(z.string()),
      attachments: list(z.unknown()),
    }),
  ),
  checklists: list(
    z.object({
      id: z.string(),
      checkItems: list(z.object({ name: text, state: text, pos: z.number().catch(0) })),
    }),
  ),
  members: list(z.object({ id: z.string(), fullName: text, username: text })),
})

/** The cards of a Trello board. Refuses what is none with `import_unreadable`, a huge one with `too_large`. */
export function readTrelloImport(json: string): ReadImport {
  const board = shape.safeParse(parseJson(json))
  if (!board.success) throw new Refusal('import_unreadable')
  const { lists, cards, checklists, members } = board.data
  if (cards.length > MAX_IMPORT_ROWS) throw new Refusal('too_many', { field: 'rows', max: MAX_IMPORT_ROWS })
  const problems = new Problems()
  const named = new Map(lists.map(({ id, name, closed }) => [id, { name, closed }]))
  const people = new Map(members.map(({ id, fullName, username }) => [id, fullName || username]))
  const checks = new Map(checklists.map(({ id, checkItems }) => [id, checkItems]))
  const activities = [...cards]
    .sort((a, b) => a.pos - b.pos)
    .flatMap((card, i) => {
      const row = i + 1
      if (card.name.trim() === '') {
        problems.add(row, 'no_title', card.desc)
        return []
      }
      if (card.desc.trim() !== '') problems.add(row, 'not_kept', card.desc)
      for (const _ of card.attachments) problems.add(row, 'not_kept', card.name)
      const [owner, ...more] = card.idMembers.map((id) => people.get(id) ?? '')
      for (const name of more) problems.add(row, 'not_kept', name)
      const from = named.get(card.idList)
      return [
        {
          ref: null,
          row,
          title: card.name,
          department: null,
          column: from?.name ?? null,
          owner: owner || null,
          cycle: null,
          start: dayIn(card.start ?? '', row, problems),
          due: dayIn(card.due ?? '', row, problems),
          priority: null,
          effort: null,
          labels: card.labels.map(({ name, color }) => name || color || '').filter((name) => name !== ''),
          serves: [],
          checklist: card.idChecklists
            .flatMap((id) => [...(checks.get(id) ?? [])].sort((a, b) => a.pos - b.pos))
            .map(({ name, state }) => ({ title: name, done: state === 'complete' })),
          halt: null,
          archived: card.closed || (from?.closed ?? false),
        },
      ]
    })
  return { activities, handOffs: [], relations: [], measures: [], problems: problems.list }
}

/** JSON of a size that can be looked at. */
export function parseJson(json: string): unknown {
  if (json.length > MAX_IMPORT_BYTES) throw new Refusal('too_large')
  try {
    return JSON.parse(json)
  } catch {
    throw new Refusal('import_unreadable')
  }
}
