import type { Given } from './given'

/** What stands on this long page, and how much of it. */
export function Jump({ it, t }: Given) {
  const { seal, scope } = it
  const changes = scope ? scope.added.length + scope.dropped.length + scope.retargeted.length : 0
  const places: readonly (readonly [string, string, number | null])[] = [
    ['scope', t('quarters.scope'), changes],
    ['words', t('quarters.words'), null],
    ['activities', t('quarters.activities'), seal?.plan.activities.length ?? 0],
    ['targets', t('quarters.targets'), seal?.plan.targets.length ?? 0],
    ...(it.state === 'closed' ? [] : [['carry', t('quarters.carry'), it.unfinished.length] as const]),
  ]
  return (
    <nav className="jump" aria-label={t('quarters.jump')}>
      <ul>
        {places.map(([id, name, n]) => (
          <li key={id}>
            <a href={`#${id}`}>
              {name} {n !== null && <small>{n}</small>}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
