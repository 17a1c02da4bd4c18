/** Lines in the shape of the text to come. Shows after 300 ms (parts.css), so that fast pages do not flash. */
export function Skeleton({
  lines = ['100%', '92%', '61%'],
  label,
}: {
  lines?: readonly string[]
  label: string
}) {
  return (
    <div className="skeleton" role="status" aria-busy="true" aria-label={label}>
      {lines.map((width, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines never move
        <span key={i} className="skel" style={{ width }} />
      ))}
    </div>
  )
}
