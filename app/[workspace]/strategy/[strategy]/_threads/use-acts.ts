'use client'
import { useMemo } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import type { Answer } from '@/app/_server/answer'
import { toast } from '@/app/_ui/toast'
import type { OutcomeKind, Reaction } from '@/lib/domain/thread'
import {
  createThread,
  deleteComment,
  editComment,
  putBackComment,
  react,
  readThread,
  reopenThread,
  reply,
  resolveThread,
} from './actions'
import type { ThreadStore } from './thread-store'

export interface NewOutcome {
  readonly kind: OutcomeKind
  readonly reason: string
  readonly until: string
  readonly measureId: string | null
}

export type AnchorInput = Parameters<typeof createThread>[0]['anchor']

/** What can be done with threads. Each answers null when it was refused; why was said in words then. */
export interface Acts {
  create(anchor: AnchorInput, text: string): Promise<{ id: string } | null>
  reply(threadId: string, text: string): Promise<boolean>
  edit(threadId: string, commentId: string, text: string): Promise<boolean>
  /** Says so, with the way back. */
  remove(threadId: string, commentId: string): Promise<boolean>
  react(threadId: string, commentId: string, reaction: Reaction, on: boolean): Promise<boolean>
  resolve(threadId: string, outcome: NewOutcome | null): Promise<boolean>
  reopen(threadId: string): Promise<boolean>
  read(threadId: string): void
}

export function useActs(workspace: string, strategyId: string, store: ThreadStore): Acts {
  const t = useWords()
  return useMemo(() => {
    const say = (text: string) => toast({ text })
    async function call<T>(answer: Promise<Answer<T>>): Promise<{ value: T } | null> {
      try {
        const said = await answer
        if (said.ok) return { value: said.value }
        say(said.message)
      } catch {
        say(t('common.no_answer'))
      }
      return null
    }
    async function change<T>(threadId: string, answer: Promise<Answer<T>>): Promise<boolean> {
      const done = await call(answer)
      // The room is told as well; whoever did it should not wait for that.
      await store.read(threadId).catch(() => undefined)
      return done !== null
    }
    return {
      async create(anchor, text) {
        const made = await call(createThread({ workspace, strategyId, anchor, text }))
        if (!made) return null
        await store.read(made.value.id).catch(() => undefined)
        return { id: made.value.id }
      },
      reply: (threadId, text) => change(threadId, reply({ workspace, threadId, text })),
      edit: (threadId, commentId, text) =>
        change(threadId, editComment({ workspace, threadId, commentId, text })),
      async remove(threadId, commentId) {
        const done = await change(threadId, deleteComment({ workspace, threadId, commentId }))
        if (done)
          toast({
            text: t('threads.comment_deleted'),
            undo: () => change(threadId, putBackComment({ workspace, threadId, commentId })),
          })
        return done
      },
      react: (threadId, commentId, reaction, on) =>
        change(threadId, react({ workspace, threadId, commentId, reaction, on })),
      resolve: (threadId, outcome) => change(threadId, resolveThread({ workspace, threadId, outcome })),
      reopen: (threadId) => change(threadId, reopenThread({ workspace, threadId })),
      read: (threadId) => void readThread({ workspace, threadId }).catch(() => undefined),
    }
  }, [workspace, strategyId, store, t])
}
