import { mergeUpdates } from '@/lib/kit/merge-updates'
import { asOne, goesOn, type Letters } from '../protocol/letters'

/** What a row of the journal says, while it gathers. */
export class Said {
  private parts: Uint8Array[] = []
  /** The end of it, as letters behind each other. */
  private run: Letters[] = []

  /** `letters`: the same bytes, if they are nothing but letters. */
  add(bytes: Uint8Array, letters: Letters | null): void {
    if (letters && this.endsBefore(letters)) {
      this.run.push(letters)
      return
    }
    this.endRun()
    if (letters) this.run = [letters]
    else this.parts.push(bytes)
  }

  /** Whether letters go on where this ends. */
  endsBefore(letters: Letters): boolean {
    return goesOn(letters, this.run.at(-1))
  }

  /** All of it as one update. */
  whole(): Uint8Array {
    this.endRun()
    const [only] = this.parts
    if (this.parts.length === 1 && only) return only
    const whole = mergeUpdates(this.parts)
    this.parts = [whole]
    return whole
  }

  private endRun(): void {
    const [first, ...more] = this.run
    if (!first) return
    this.parts.push(more.length === 0 ? first.update : asOne([first, ...more]))
    this.run = []
  }
}
