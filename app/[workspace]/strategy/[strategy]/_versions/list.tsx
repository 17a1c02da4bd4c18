import { Link } from '@/app/_ui/link'
import { comma } from '@/lib/domain/comma'
import type { Version } from '@/lib/domain/version'
import type { VersionsPage } from '@/lib/queries/versions'
import { type Address, addressOf } from './address'
import { kindWords } from './title'
import { type Clockwork, dayWords, entryWords, groupWords } from './when'

interface Props {
  readonly page: VersionsPage
  readonly clock: Clockwork
  readonly path: string
  readonly at: Address
  readonly me: string
}

/** The versions of a strategy along its line, the newest first. */
export function VersionList({ page, clock, path, at, me }: Props) {
  const { t } = clock
  const names = new Map(page.people.map((person) => [person.id, person.name]))
  // First names do: the list is narrow, and everybody knows each other.
  const nameOf = (id: string) => (id === me ? t('versions.you') : (names.get(id) ?? '').split(' ')[0] || '…')
  const who = (authors: readonly string[]) => authors.map(nameOf).join(comma(clock.language, 'names'))
  const groups: { name: string; versions: Version[] }[] = []
  for (const version of page.versions) {
    const name = groupWords(clock, version.at.getTime())
    const last = groups.at(-1)
    if (last?.name === name) last.versions.push(version)
    else groups.push({ name, versions: [version] })
  }
  const { from, to, now } = page
  const filtered = at.person !== null || at.name !== null || at.named
  return (
    <nav className="vers" aria-label={t('versions.title')}>
      <form className="vers-find">
        {at.from !== null && <input type="hidden" name="from" value={at.from} />}
        {at.to !== null && <input type="hidden" name="to" value={at.to} />}
        {at.view !== 'text' && <input type="hidden" name="view" value={at.view} />}
        {at.person && <input type="hidden" name="person" value={at.person} />}
        <input
          className="input"
          type="search"
          name="q"
          maxLength={80}
          defaultValue={at.name ?? ''}
          placeholder={t('versions.find')}
          aria-label={t('versions.find')}
        />
        <Link
          className="chip"
          href={addressOf(path, { ...at, named: !at.named, below: null })}
          aria-current={at.named || undefined}
        >
          {t('versions.only_named')}
        </Link>
      </form>
      {at.below === null && !filtered && (
        <>
          <h2>{t('versions.group_now')}</h2>
          <ol>
            <li className="named">
              <Link href={addressOf(path, { ...at, to: 'now' })} aria-current={to === 'now' || undefined}>
                <b>{t('versions.now_number', { number: now.number })}</b>
                <small>
                  {now.changed
                    ? t('versions.still_open', { who: who(now.authors) || t('versions.nobody') })
                    : t('versions.unchanged')}
                </small>
              </Link>
              {to === 'now' && <span className="cmp">{t('versions.new')}</span>}
            </li>
          </ol>
        </>
      )}
      {groups.map((group) => (
        <section key={group.name}>
          <h2>{group.name}</h2>
          <ol>
            {group.versions.map((version) => {
              const isFrom = from?.number === version.number
              const isTo = to !== 'now' && to.number === version.number
              const title = version.name ?? kindWords(t, version)
              const marked = version.kind === 'sealed' ? 'named sealed' : version.name ? 'named' : undefined
              // An older one becomes what is compared with; one at or above the newer side is compared with now.
              const stays = to === 'now' || version.number < to.number
              return (
                <li key={version.id} className={marked}>
                  <Link
                    href={addressOf(path, { ...at, from: version.number, to: stays ? at.to : 'now' })}
                    aria-current={isFrom || isTo || undefined}
                  >
                    {title ? <b>{title}</b> : entryWords(clock, version.at.getTime())}
                    <small>
                      {title &&
                        t('versions.entry', {
                          number: version.number,
                          day: dayWords(clock, version.at.getTime()),
                        })}
                      {title && (version.authors.length > 0 || version.words > 0) && ' · '}
                      {[
                        who(version.authors),
                        version.words > 0 ? t('versions.words', { n: version.words }) : '',
                      ]
                        .filter((part) => part !== '')
                        .join(comma(clock.language))}
                    </small>
                  </Link>
                  {(isFrom || isTo) && (
                    <span className="cmp">{isTo ? t('versions.new') : t('versions.old')}</span>
                  )}
                </li>
              )
            })}
          </ol>
        </section>
      ))}
      {page.versions.length === 0 && filtered && <p className="none">{t('versions.none_found')}</p>}
      {(page.more || at.below !== null) && (
        <p className="pages">
          {at.below !== null && (
            <Link href={addressOf(path, { ...at, below: null })}>{t('versions.newest')}</Link>
          )}
          {page.more && (
            <Link href={addressOf(path, { ...at, below: page.versions.at(-1)?.number ?? null })}>
              {t('versions.older')}
            </Link>
          )}
        </p>
      )}
    </nav>
  )
}
