import { sparkOf, type Value } from './shape'

const SIZE = { width: 96, height: 24 }

/** The last values small; silent, for the row says the numbers. */
export function Spark({ values, target }: { values: readonly Value[]; target: number | null }) {
  const spark = sparkOf(values, target, SIZE)
  if (!spark) return null
  return (
    <svg className="spark" viewBox={`0 0 ${SIZE.width} ${SIZE.height}`} aria-hidden="true">
      {spark.target !== null && <path className="t" d={`M0 ${spark.target}H${SIZE.width}`} />}
      {spark.path !== '' && <path className="s" d={spark.path} />}
      {spark.end && <circle className="e" cx={spark.end.x} cy={spark.end.y} r="2.2" />}
    </svg>
  )
}
