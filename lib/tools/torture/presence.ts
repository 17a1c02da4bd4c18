import { Awareness, applyAwarenessUpdate } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { z } from 'zod'
import { awarenessFrame, type PresenceEntry } from '@/lib/collab/protocol/write-frame'
import { type Rng, rng } from '@/lib/collab/testing/rng'
import { SmallHouse } from '@/lib/collab/testing/small-house'
import type { TortureCommand } from './command'

const DOC = 'doc'
const VICTIM = 4_242
const seen = z.object({ user: z.object({ id: z.string(), name: z.string() }) })

/** Presence under somebody else's name: a round is a forged awareness frame. */
export const presence: TortureCommand = {
  goals: 'S5, PS1-PS5',
  proves: 'nobody is shown under a name that is not theirs, and nobody can be removed or frozen by another',
  rounds: 200,
  plants: ['borrowed-name'],
  async run(run) {
    const chance = rng(run.seed).fork('presence')
    const problems: string[] = []
    const house = new SmallHouse({
      seed: run.seed,
      documents: [DOC],
      nameOf: (userId) =>
        run.plant === 'borrowed-name' && userId === 'attacker3' ? 'Name of victim' : `Name of ${userId}`,
    })
    const victim = await house.guest('victim', DOC)
    const watcher = await house.guest('watcher', DOC)
    const room = new Awareness(new Y.Doc())
    // Its own timer would end the test's patience, not the server's.
    room.setLocalState(null)
    let read = 0
    let clock = 1
    const shows = (state: object) =>
      awarenessFrame([{ id: VICTIM, clock: clock++, state: JSON.stringify(state) }])
    victim.say(shows({ user: { name: 'whatever' }, at: 0 }))
    let round = 0
    for (; round < run.rounds && problems.length < 20; round++) {
      const name = `attacker${chance.below(6)}`
      const attacker = await house.guest(name, DOC)
      attacker.say(awarenessFrame(forgery(chance, clock, round)))
      if (chance.below(3) === 0) attacker.say(awarenessFrame(forgery(chance, clock, round + 1_000_000)))
      // Nobody moves faster than ten times a second.
      await house.time.pass(100)
      // The victim moves on, and must be seen to.
      victim.say(shows({ user: { name: 'me' }, at: round + 1 }))
      watcher.listen()
      for (; read < watcher.heard.length; read++) {
        const frame = watcher.heard[read]
        if (frame?.kind === 'awareness') applyAwarenessUpdate(room, frame.entries, 'net')
      }
      problems.push(...wrongIn(room, round + 1).map((problem) => `frame ${round}: ${problem}`))
      attacker.pipe.cut()
    }
    room.destroy()
    house.engine.stop()
    problems.push(...house.errors)
    return { rounds: round, acknowledged: 0, lost: 0, problems }
  },
}

function wrongIn(room: Awareness, at: number): string[] {
  const problems: string[] = []
  for (const [id, state] of room.getStates()) {
    const shown = seen.safeParse(state)
    if (!shown.success) {
      problems.push('somebody is shown without a name')
      continue
    }
    const { user } = shown.data
    if (user.name !== `Name of ${user.id}`) problems.push(`${user.id} is shown as ${user.name}`)
    if ((id === VICTIM) !== (user.id === 'victim')) problems.push(`${user.id} is shown under the id ${id}`)
  }
  const victim = room.getStates().get(VICTIM)
  if (!victim) problems.push('the victim was removed')
  else if (victim.at !== at) problems.push('the victim is frozen')
  return problems
}

function forgery(chance: Rng, clock: number, round: number): PresenceEntry[] {
  const own = 100_000 + round
  const boss = JSON.stringify({ user: { id: 'victim', name: 'Name of victim' }, at: -1 })
  const forms: (() => PresenceEntry[])[] = [
    () => [{ id: VICTIM, clock: clock + chance.below(3), state: boss }],
    () => [{ id: VICTIM, clock: Number.MAX_SAFE_INTEGER, state: boss }],
    () => [{ id: VICTIM, clock: clock + 1_000, state: 'null' }],
    () => [{ id: VICTIM, clock, state: 'null' }],
    () => [{ id: own, clock: 1, state: boss }],
    () => [
      { id: own, clock: 1, state: '{}' },
      { id: VICTIM, clock: clock + 1, state: boss },
    ],
    () => [{ id: own, clock: 1, state: '{"__proto__":{"user":{"name":"Name of victim"}}}' }],
    () => [
      { id: own, clock: 1, state: '{"user":{"name":"x"},"user":{"id":"victim","name":"Name of victim"}}' },
    ],
    () => [{ id: own, clock: 1, state: '{bad' }],
    () => [{ id: own, clock: 1, state: '[1]' }],
    () => [{ id: 2 ** 40, clock: 1, state: boss }],
    () => Array.from({ length: 600 }, (_, i) => ({ id: own + i, clock: 1, state: 'null' })),
    () => [{ id: own, clock: 1, state: JSON.stringify({ user: {}, fat: 'x'.repeat(8_000) }) }],
    () => [{ id: own, clock: 2 ** 40, state: boss }],
  ]
  return chance.pick(forms)()
}
