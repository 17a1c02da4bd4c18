/** What a torture command is given. */
export interface Run {
  readonly rounds: number
  /** 32 bits; everything chance decides follows from it. */
  readonly seed: number
  /** A fault put in on purpose, one of the command's `plants`; null: none. */
  readonly plant: string | null
  /** For commands that last so long instead of so many rounds; null: as long as the command likes. */
  readonly minutes: number | null
  /** postgres://… of a server on which a database may be made; null: a private one is started. */
  readonly external: string | null
  /** The folder of another version of the app, installed there; null: none. */
  readonly other: string | null
  /** One line for whoever watches. */
  say(line: string): void
}

/** What came of it. No problems: passed. */
export interface Outcome {
  readonly rounds: number
  readonly acknowledged: number
  readonly lost: number
  /** In words, each with the round it belongs to. */
  readonly problems: readonly string[]
  /** What else was measured, by name with its unit. */
  readonly figures?: Readonly<Record<string, number | string>>
}

export interface TortureCommand {
  /** The goals of the design it stands for: R1, S3 … */
  readonly goals: string
  readonly proves: string
  /** Rounds when none are asked for. */
  readonly rounds: number
  /** Faults it can put in, each of which it must notice. */
  readonly plants: readonly string[]
  run(run: Run): Promise<Outcome>
}

/** This machine cannot do what the command needs, with the reason in one sentence. */
export class CannotRun extends Error {}
