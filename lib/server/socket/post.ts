/** A socket that has something to say. Must not throw. */
export interface Sender {
  say(): void
}

/**
 * When sockets say what they have gathered. More than half of what a relay costs is the operating system's write, one for
 * each message and receiver; one write carries ten messages as cheaply as one. So nothing waits while it is quiet - what
 * is said leaves at the end of the turn - and then, for so many milliseconds, all sockets gather. That a document is
 * committed, and in which order things are said, is settled before anything comes here.
 */
export class Post {
  private waiting: Sender[] = []
  private planned = false
  private last = Number.NEGATIVE_INFINITY

  /** `gather` in milliseconds; 0: every turn. */
  constructor(private readonly gather: number) {}

  /** Has something to say, for the first time since it last spoke. */
  collect(sender: Sender): void {
    this.waiting.push(sender)
    if (this.planned) return
    this.planned = true
    const rest = this.last + this.gather - performance.now()
    if (rest < 1) queueMicrotask(() => this.deliver())
    else setTimeout(() => this.deliver(), rest)
  }

  /** Has much to say: at the end of this turn. */
  hurry(sender: Sender): void {
    queueMicrotask(() => sender.say())
  }

  private deliver(): void {
    const { waiting } = this
    this.waiting = []
    this.planned = false
    this.last = performance.now()
    for (const sender of waiting) sender.say()
  }
}
