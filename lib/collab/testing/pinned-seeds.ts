/**
 * Seeds that once found a mistake: replayed first by the tests and by the command itself. A seed stays for as long as the
 * command draws from it what it drew then; the comment says what it found.
 */
export const pinned: Readonly<Record<string, readonly number[]>> = {
  simulate: [
    // Another node trimmed rows this one had not read.
    219, 293,
    // Yjs tidied up formatting in the server's memory, which no journal knew.
    77, 395, 575,
    // Two step 1 in a row got one answer.
    499,
  ],
  frames: [
    // A struct that is there already, behind another neighbour, took a sign of two halves apart (GU15).
    20_261_172,
  ],
}

/** Likewise, since the simulator has storms. */
export const pinnedStorms: readonly number[] = [
  // Equal content with another order of keys; a row that two nodes wrote, which is no harm. Both the oracle's mistakes.
  100_108,
  1_070,
]

export function pinnedSeeds(name: string): readonly number[] {
  return pinned[name] ?? []
}
