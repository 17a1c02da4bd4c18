/** Icons beside words, drawn in the ink of their surroundings. New ones go into base.css as `.i-<name>`. */
export type IconName =
  | 'back'
  | 'bell'
  | 'check'
  | 'clock'
  | 'copy'
  | 'dots'
  | 'down'
  | 'filter'
  | 'flag'
  | 'grip'
  | 'list'
  | 'lock'
  | 'note'
  | 'off'
  | 'plus'
  | 'right'
  | 'search'
  | 'x'

export function Icon({ name, className }: { name: IconName; className?: string }) {
  return <i aria-hidden="true" className={`i i-${name}${className ? ` ${className}` : ''}`} />
}
