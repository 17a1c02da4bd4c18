import { documentFromMarkdown } from '@/lib/document/build'
import { readMarkdown } from '@/lib/document/markdown/read'
import { readTemplate } from '@/lib/document/templates/read'
import { text as boardsText } from '@/lib/document/templates/restaurant-saas.boards'
import { shiftQuarters } from '@/lib/document/templates/shift'
import { cycleOf } from '@/lib/domain/cycle'
import { departmentKinds, usualChain } from '@/lib/domain/department'
import { isLanguage, type Language } from '@/lib/domain/language'
import { permit } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'
import { isRole } from '@/lib/domain/role'
import { words } from '@/lib/i18n/words'
import { assert, must } from '@/lib/kit/assert'
import { type Id, newId } from '@/lib/kit/ids'
import { changeMeasure } from './change-measure'
import type { Context, UserContext } from './context'
import { addStrategy } from './create-strategy'
import { importBoards } from './import-boards'
import { importReviews } from './import-reviews'
import { lockWorkspace } from './lock-workspace'
import { addDepartmentWithBoard } from './open-board'
import { changeReview } from './prepare-review'
import { limit, limitKey } from './rate-limit'

/** As often as workspaces are founded; the example company is one. */
const PER_USER = { max: 20, seconds: 3600 }

/** The quarter "today" lies in, in the file of the example company. */
const FILE_CYCLE = '2026-Q3'

/** Invented people have addresses at which no mail can ever arrive, and no way to sign in. */
export const NOWHERE = '@example-company.invalid'

interface Told {
  readonly members: readonly {
    readonly id: string
    readonly handle: string
    readonly name: Readonly<Record<Language, string>>
    readonly role: string
    readonly department: string | null
  }[]
  readonly departments: readonly { readonly id: string; readonly lead: string }[]
}

/**
 * The example company, whole: strategy, people, boards, measures, two closed reviews and one being prepared, moved to the
 * present quarter. The actor owns it beside its invented people. When a step fails nothing of it is left to be seen.
 */
export async function createSample(
  context: UserContext,
  input: { readonly language: Language },
): Promise<{ readonly id: Id<'ws'>; readonly slug: string }> {
  const { store, clock, user, sessionId } = context
  if (!isLanguage(input.language)) throw new Refusal('invalid_input', { field: 'language' })
  const { language } = input
  await limit(store, limitKey('create-workspace', user.id), PER_USER, clock.now())
  const today = new Date(clock.now()).toISOString().slice(0, 10)
  const later = quartersBetween(FILE_CYCLE, cycleOf(today, 1))
  const text = shiftQuarters(boardsText, later)
  const told: Told = JSON.parse(text)
  const workspace = await addPeople(context, told, language)
  try {
    const actor = must(await store.read.members.actor(workspace.id, user.id, sessionId), 'the founder')
    const inside: Context = { ...context, language, actor }
    const read = readMarkdown(shiftQuarters(readTemplate('restaurant-saas', language), later))
    assert(read.ok, 'the template can be read')
    await addStrategy(inside, {
      title: words(language)('people.first_strategy', { company: companyName(language) }),
      language,
      update: documentFromMarkdown({ ...read.strategy, properties: [] }),
    })
    await importBoards(inside, { format: 'set', text, boardId: null, dry: false })
    await importReviews(inside, { text })
    await takePart(inside)
    return workspace
  } catch (error) {
    await store.transact((tx) => tx.workspaces.erase(workspace.id, NOWHERE))
    throw error
  }
}

/** Removes the example company with everybody invented in it, for good. Of no other workspace: `not_found`. */
export async function removeSample(context: Context): Promise<void> {
  const { store, live, actor: asking } = context
  await store.transact(async (tx) => {
    const { workspace, actor } = await lockWorkspace(tx, asking)
    permit(actor, 'workspace.delete')
    if (!workspace.sample) throw new Refusal('not_found')
    await tx.workspaces.erase(workspace.id, NOWHERE)
  })
  live.publish(asking.workspaceId, { type: 'workspace.changed' })
  live.revoke({ workspaceId: asking.workspaceId })
}

/** Whoever looks around has something to do: a review to prepare, and a number to write down for it. */
async function takePart(context: Context): Promise<void> {
  const { read } = context.store
  const { workspaceId, memberId } = context.actor
  const reviews = await read.reviews.list(workspaceId)
  const open = reviews.find(({ state }) => state === 'preparing')
  if (open) {
    const fields = { participants: [...open.participants, memberId] }
    await changeReview(context, { reviewId: open.id, fields })
  }
  const measures = await read.measures.list(workspaceId)
  const measure = measures.find(({ departmentId }) => departmentId === null) ?? measures[0]
  if (measure) {
    const change = { do: 'set', measureId: measure.id, fields: { ownerId: memberId } } as const
    await changeMeasure(context, { change })
  }
}

async function addPeople(
  { store, clock, user }: UserContext,
  told: Told,
  language: Language,
): Promise<{ readonly id: Id<'ws'>; readonly slug: string }> {
  const now = new Date(clock.now())
  return store.transact(async (tx) => {
    const id = newId('ws')
    const slug = `example-${id.slice(-8)}`
    const workspace = await tx.workspaces.add(
      { id, name: companyName(language), slug, language, yearStart: 1, sample: true },
      now,
    )
    if (!workspace) throw new Refusal('slug_taken', { field: 'slug' })
    await tx.members.admit(id, user.id, 'owner', now)
    const departments = new Map<string, Id<'dep'>>()
    for (const link of usualChain()) {
      const departmentId = newId('dep')
      await addDepartmentWithBoard(tx, { id: departmentId, workspaceId: id, name: null, ...link })
      departments.set(link.kind, departmentId)
    }
    for (const person of told.members) {
      const userId = newId('usr')
      await tx.users.add({
        id: userId,
        name: person.name[language],
        email: `${person.handle}.${id.slice(-16)}${NOWHERE}`,
        emailVerified: null,
        passwordHash: null,
        locale: language,
      })
      // Nobody reads there: a mention of them is no letter.
      await tx.users.prefer(userId, { mails: false })
      const role = isRole(person.role) ? person.role : 'member'
      const member = must(await tx.members.admit(id, userId, role, now), 'somebody new')
      const kind = departmentKinds.find(
        (one) =>
          person.department === `dep_${one}` || (one === 'organization' && person.department === 'dep_org'),
      )
      const departmentId = kind && departments.get(kind)
      if (departmentId)
        await tx.departments.setPosition(
          departmentId,
          member.id,
          told.departments.some(({ lead }) => lead === person.id) ? 'lead' : 'member',
        )
    }
    return { id, slug: workspace.slug }
  })
}

function companyName(language: Language): string {
  return words(language)('people.sample_company')
}

function quartersBetween(from: string, to: string): number {
  const count = (cycle: string) => Number(cycle.slice(0, 4)) * 4 + Number(cycle.slice(6))
  return count(to) - count(from)
}
