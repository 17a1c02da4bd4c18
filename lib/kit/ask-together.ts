/** In one go: more would only make the first of them wait. */
const MOST = 500
/** Milliseconds after which a question counts as lost, so that those behind it are asked. */
const PATIENCE = 10_000

interface Waiting<Q, A> {
  readonly question: Q
  resolve(answer: A): void
  reject(error: unknown): void
}

/**
 * Makes one question out of many: what is asked while one is on its way gathers, and is asked together when that one is
 * answered. Nobody waits for company, and nobody is given an answer that was on its way before they asked. `ask` answers
 * in the order of the questions; when it rejects, so does every question that was in it.
 */
export function askTogether<Q, A>(
  ask: (questions: readonly Q[]) => Promise<readonly A[]>,
): (question: Q) => Promise<A> {
  let waiting: Waiting<Q, A>[] = []
  let busy = false

  async function go(): Promise<void> {
    busy = true
    while (waiting.length > 0) {
      const now = waiting.slice(0, MOST)
      waiting = waiting.slice(MOST)
      try {
        const answers = await inTime(ask(now.map(({ question }) => question)))
        if (answers.length !== now.length)
          throw new Error(`${answers.length} answers to ${now.length} questions`)
        for (const [i, answer] of answers.entries()) now[i]?.resolve(answer)
      } catch (error) {
        for (const { reject } of now) reject(error)
      }
    }
    busy = false
  }

  return (question) =>
    new Promise((resolve, reject) => {
      waiting.push({ question, resolve, reject })
      if (!busy) void go()
    })
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('not answered in time')), PATIENCE)
    timer.unref()
  })
  // When it is too late nobody looks at the answer.
  work.catch(() => {})
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
