import type { Context } from '@/lib/commands/context'
import { createStrategy } from '@/lib/commands/create-strategy'
import { type Imported, importBoards } from '@/lib/commands/import-boards'
import { text } from '@/lib/document/templates/restaurant-saas.boards'
import { must } from '@/lib/kit/assert'
import { type House, staff } from './builders'

interface Told {
  readonly members: readonly {
    readonly id: string
    readonly name: { readonly en: string }
    readonly role: 'owner' | 'partner' | 'manager' | 'member' | 'adviser' | 'viewer'
    readonly department: string | null
  }[]
  readonly departments: readonly { readonly id: string; readonly lead: string }[]
}

/**
 * The example company: its strategy, its people in their departments, and its boards, brought in through the app's own
 * import.
 */
export async function exampleCompany(home: House): Promise<{
  readonly owner: Context
  /** By the name in the file, in English. */
  readonly people: ReadonlyMap<string, Context>
  readonly imported: Imported
}> {
  const owner = await home.workspace('Ladleworks')
  await createStrategy(owner, { title: 'Ladleworks', language: 'en', template: 'restaurant-saas' })
  const { members, departments }: Told = JSON.parse(text)
  const boards = await home.store.read.boards.list(owner.actor.workspaceId)
  const people = new Map<string, Context>()
  for (const { id, name, role, department } of members) {
    const person = await home.member(owner, role, name.en)
    people.set(name.en, person)
    if (department === null) continue
    const kind = department === 'dep_org' ? 'organization' : department.slice(4)
    const board = must(
      boards.find((one) => one.kind === kind),
      'the five departments',
    )
    const leads = departments.some(({ lead }) => lead === id)
    await staff(home.store, board.departmentId, person.actor.memberId, leads)
  }
  const imported = await importBoards(owner, { format: 'set', text, boardId: null, dry: false })
  return { owner: await home.again(owner), people, imported }
}
