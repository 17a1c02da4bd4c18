/** A socket that has something to say. Must not throw. */
export interface Sender {
  say(): void
}

/**
 * When sockets say what they have gathered. More than half of what a relay costs is the operating system's write, one for
 * each message and receiver; one write carries ten messages as cheaply as one. So nothing waits while a team writes - what
 * is said leaves at the end of the turn -, and once so many writes were made within a span, all sockets gather until its
 * end. That a document is committed, and in which order things are said, is settled before anything comes here.
 */
export class Post {
  private waiting: Sender[] = []
  private planned = false
  /** When the span began, and how many writes were made in it. */
  private began = Number.NEGATIVE_INFINITY
  private written = 0

  /** `gather`: the length of a span, milliseconds; 0: nobody ever waits. `atOnce`: writes of a span that do not wait. */
  constructor(
    private readonly gather: number,
    private readonly atOnce: number,
  ) {}

  /** Has something to say, for the first time since it last spoke. */
  collect(sender: Sender): void {
    this.waiting.push(sender)
    if (this.planned) return
    this.planned = true
    const rest = this.written < this.atOnce ? 0 : this.began + this.gather - performance.now()
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
    const now = performance.now()
    if (now >= this.began + this.gather - 1) {
      this.began = now
      this.written = 0
    }
    this.written += waiting.length
    for (const sender of waiting) sender.say()
  }
}
