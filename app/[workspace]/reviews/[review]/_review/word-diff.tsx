import { diffWords } from '@/lib/document/diff/words'

/** Words before and after as one sentence: what goes is struck, what comes is underlined. */
export function WordDiff({ from, to }: { from: string; to: string }) {
  return (
    <>
      {diffWords(from, to).map((span) => {
        const [key, words] =
          span.kind === 'removed'
            ? [`-${span.before[0]}`, from.slice(...span.before)]
            : [`+${span.after[0]}`, to.slice(...span.after)]
        if (span.kind === 'same') return <span key={key}>{words}</span>
        return span.kind === 'added' ? <ins key={key}>{words}</ins> : <del key={key}>{words}</del>
      })}
    </>
  )
}
