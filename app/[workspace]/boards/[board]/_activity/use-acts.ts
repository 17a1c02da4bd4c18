'use client'
import { useMemo } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import type { Answer } from '@/app/_server/answer'
import { toast } from '@/app/_ui/toast'
import type { Activity } from '@/lib/domain/activity'
import { cardOf } from '@/lib/domain/card'
import { type ChecklistChange, changeChecklist } from '@/lib/domain/checklist'
import type { Id } from '@/lib/kit/ids'
import { useBoardStore } from '../_board/use-board'
import * as actions from './actions'
import type { PanelStore } from './panel-store'

type Input<A extends (input: never) => unknown> = Omit<Parameters<A>[0], 'workspace' | 'activityId'>
type Speech = Parameters<typeof actions.speak>[0]['speech']
type Relating = Parameters<typeof actions.relate>[0]['change']

/** What is done here besides the fields a card shows. Each answers whether it was; why not was said in words then. */
export interface PanelActs {
  /** `said`: what the toast with Undo says. */
  check(change: ChecklistChange, said: string): Promise<boolean>
  watch(on: boolean): Promise<boolean>
  connect(fields: Input<typeof actions.connect>, said: string): Promise<boolean>
  createMeasure(fields: Input<typeof actions.createMeasure>): Promise<boolean>
  offer(handOff: Omit<Parameters<typeof actions.offer>[0], 'workspace' | 'fromActivityId'>): Promise<boolean>
  step(step: Omit<Parameters<typeof actions.stepHandOff>[0], 'workspace'>, said: string): Promise<boolean>
  relate(change: Relating, said: string): Promise<boolean>
  /** `was`: what a comment said before somebody puts it into other words. */
  speak(speech: Speech, was?: string): Promise<boolean>
  /** Tells somebody that the description names them now. */
  name(memberId: Id<'mem'>): Promise<boolean>
  /** Says what was done by another way than these, with the way back. */
  say(said: string, undo: string | null): void
  detach(file: { readonly id: string; readonly name: string }): Promise<boolean>
}

export function useActs(workspace: string, activityId: string, store: PanelStore): PanelActs {
  const t = useWords()
  const board = useBoardStore()
  return useMemo(() => {
    const put = (activity: Activity) => {
      store.put(activity)
      board.take([cardOf(activity)])
    }
    async function call<T>(answer: Promise<Answer<T>>): Promise<{ value: T } | null> {
      try {
        const said = await answer
        if (said.ok) return { value: said.value }
        toast({ text: said.message })
      } catch {
        toast({ text: t('common.no_answer') })
      }
      return null
    }
    const takeBack = async (changeId: string) => {
      const done = await call(actions.takeBack({ workspace, changeId }))
      for (const activity of done?.value.value ?? []) if (activity.id === activityId) put(activity)
      store.soon()
    }
    /** Says what was done, with the way back. */
    const say = (said: string, undo: string | null) => {
      if (undo !== null) toast({ text: said, undo: () => void takeBack(undo) })
    }
    const beside = async <T extends { readonly undo: string | null }>(
      answer: Promise<Answer<T>>,
      said: string,
    ) => {
      const done = await call(answer)
      if (done) say(said, done.value.undo)
      await store.load()
      return done !== null
    }
    return {
      say,
      async check(change, said) {
        const end = store.guess((activity) => ({
          ...activity,
          checklist: changeChecklist(activity.checklist, change),
        }))
        const done = await call(actions.checkStep({ workspace, activityId, change }))
        if (done) {
          put(done.value.value)
          say(said, done.value.undo)
        }
        end()
        return done !== null
      },
      async watch(on) {
        const done = await call(actions.watch({ workspace, activityId, watch: on }))
        if (done) {
          put(done.value.value)
          toast({
            text: t(on ? 'activity.said_watching' : 'activity.said_unwatched'),
            undo: () =>
              void call(actions.watch({ workspace, activityId, watch: !on })).then((undone) => {
                if (undone) put(undone.value.value)
                store.soon()
              }),
          })
        }
        // Whether one hears of it is beside the activity: of an owner nothing in it changes.
        store.soon()
        return done !== null
      },
      async connect(fields, said) {
        const done = await call(actions.connect({ workspace, activityId, ...fields }))
        if (done) {
          put(done.value.value)
          say(said, done.value.undo)
        }
        return done !== null
      },
      async createMeasure(fields) {
        const done = await call(actions.createMeasure({ workspace, activityId, ...fields }))
        if (done) {
          put(done.value.value)
          say(t('activity.said_connected', { name: fields.name }), done.value.undo)
        }
        return done !== null
      },
      offer: (handOff) =>
        beside(
          actions.offer({ workspace, fromActivityId: activityId, ...handOff }),
          t('activity.said_offered'),
        ),
      step: (step, said) => beside(actions.stepHandOff({ workspace, ...step }), said),
      relate: (change, said) => beside(actions.relate({ workspace, change }), said),
      detach: ({ id, name }) =>
        beside(actions.detach({ workspace, fileId: id }), t('activity.said_detached', { name })),
      async name(memberId) {
        return (await call(actions.nameSomebody({ workspace, activityId, memberId })))?.value ?? false
      },
      async speak(speech, was) {
        const done = await call(actions.speak({ workspace, speech }))
        const back = speech.do === 'say' ? null : wayBack(speech, was)
        if (done && back)
          toast({
            text: t(`activity.said_comment_${speech.do === 'delete' ? 'deleted' : 'edited'}`),
            undo: () => void call(actions.speak({ workspace, speech: back })).then(() => store.soon()),
          })
        await store.load()
        return done !== null
      },
    }
  }, [workspace, activityId, store, board, t])
}

/** What undoes it; null: nothing was done. */
function wayBack(speech: Exclude<Speech, { do: 'say' }>, was: string | undefined): Speech | null {
  const { commentId } = speech
  if (speech.do === 'delete') return { do: 'restore', commentId }
  if (speech.do !== 'edit' || was === undefined || was === speech.text) return null
  return { do: 'edit', commentId, text: was }
}
