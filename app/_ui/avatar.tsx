import { whoOf } from '@/lib/domain/who'
import { initials } from './initials'

export interface Person {
  /** The user's or member's id; decides the colour. */
  readonly id: string
  readonly name: string
  readonly image?: string | null
}

export interface AvatarProps extends Person {
  readonly size?: 'sm' | 'md' | 'lg'
  /** Draws the ring of somebody who is here now. Say so in words beside it, or give a label. */
  readonly here?: boolean
  /** Read out in place of nothing: give one where no name stands beside the avatar. */
  readonly label?: string
}

/** Initials in a person's colour. Silent beside a written name. */
export function Avatar({ id, name, image, size = 'md', here = false, label }: AvatarProps) {
  const silent = label === undefined
  return (
    <span
      className={`av${size === 'md' ? '' : ` ${size}`}${here ? ' here' : ''}`}
      data-who={whoOf(id)}
      {...(silent ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label, title: label })}
    >
      {/* biome-ignore lint/performance/noImgElement: 26 pixels of a picture we serve ourselves */}
      {image ? <img src={image} alt="" /> : initials(name)}
    </span>
  )
}

/** A few people, and how many more. */
export function AvatarStack({
  people,
  max = 4,
  size = 'md',
  label,
  more,
}: {
  people: readonly (Person & { readonly here?: boolean })[]
  max?: number
  size?: 'sm' | 'md' | 'lg'
  /** Who they are, for those who do not see: "Ines, Tomás and Priya". */
  label: string
  /** Words for the rest, such as "3 more people". */
  more?: string
}) {
  const shown = people.length > max ? people.slice(0, max - 1) : people
  const rest = people.length - shown.length
  return (
    <span className="avs" role="img" aria-label={label}>
      {shown.map((person) => (
        <Avatar key={person.id} {...person} size={size} />
      ))}
      {rest > 0 && (
        <span className={`av more${size === 'md' ? '' : ` ${size}`}`} title={more}>
          +{rest}
        </span>
      )}
    </span>
  )
}
