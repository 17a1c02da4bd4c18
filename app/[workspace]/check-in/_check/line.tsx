/** The measure's way so far, and the target it is to reach. Its numbers stand beside it in words. */
export function Line({
  values,
  target,
  now,
  targetSaid,
  nowSaid,
  label,
}: {
  values: readonly number[]
  target: number | null
  /** What stands in the field. */
  now: number | null
  targetSaid: string | null
  nowSaid: string
  label: string
}) {
  const points = now === null ? values : [...values, now]
  if (points.length < 2) return null
  const all = target === null ? points : [...points, target]
  const [low, high] = [Math.min(...all), Math.max(...all)]
  const y = (value: number) => (high === low ? 46 : 14 + ((high - value) / (high - low)) * 62)
  const x = (i: number) => (i / (points.length - 1)) * 288
  const last = points.at(-1) ?? 0
  // Two numbers beside each other would run into one.
  const apart = target === null || Math.abs(y(target) - y(last)) > 15
  return (
    <svg className="chart" viewBox="0 0 354 92" role="img" aria-label={label}>
      {target !== null && <path className="tg" d={`M0 ${y(target).toFixed(1)}H318`} />}
      <path
        className="ln"
        d={`M${points.map((v, i) => `${x(i).toFixed(1)} ${y(v).toFixed(1)}`).join('L')}`}
      />
      <circle cx={x(points.length - 1)} cy={y(last)} r="4" />
      {target !== null && (
        <text x="324" y={y(target) + 4}>
          {targetSaid}
        </text>
      )}
      {apart && (
        <text className="nw" x="298" y={y(last) + (target !== null && y(last) < y(target) ? -8 : 18)}>
          {nowSaid}
        </text>
      )}
    </svg>
  )
}
