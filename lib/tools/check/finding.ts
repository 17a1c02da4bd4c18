/** Something that breaks a rule of the house: where, and the rule in one sentence. */
export interface Finding {
  /** Path from the project's folder, with forward slashes. */
  file: string
  line?: number
  sentence: string
}

export function describe({ file, line, sentence }: Finding): string {
  return line === undefined ? `${file}: ${sentence}` : `${file}:${line}: ${sentence}`
}
