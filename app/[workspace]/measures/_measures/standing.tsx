import type { Say } from '@/app/_i18n/say'
import { Badge } from '@/app/_ui/badge'
import type { Standing } from '@/lib/domain/measure'

const shapes: Readonly<Record<Standing, 'good' | 'risk' | 'off' | 'none'>> = {
  unread: 'none',
  no_target: 'none',
  reached: 'good',
  on_track: 'good',
  behind: 'risk',
  away: 'off',
}

export function StandingBadge({ standing, t }: { standing: Standing; t: Say }) {
  return <Badge state={shapes[standing]}>{t(`measures.standing_${standing}`)}</Badge>
}
