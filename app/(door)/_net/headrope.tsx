import { departmentKinds } from '@/lib/domain/department'
import drawing from './headrope.svg'

// A file of its own, kept by the browser: drawn into the page it would be sent twice, as HTML and as React's data.
const part = (name: string) => `${(drawing as { src: string }).src}#${name}`

/** The headrope itself: lifted at one point, and every mesh below it opens. Decoration; the words stand beside it. */
export function Headrope() {
  return (
    <svg className="net" viewBox="0 0 760 900" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
      <use className="mesh" href={part('mesh')} />
      {departmentKinds.map((kind) => (
        <use key={kind} className="st" data-dept={kind} href={part(kind)} />
      ))}
      <use className="rope" href={part('rope')} />
      <use className="knot" href={part('knots')} />
      <use className="lift" href={part('lift')} />
      <use className="sq" href={part('point')} />
    </svg>
  )
}
