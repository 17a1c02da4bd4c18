import { formatMoment } from '@/app/_i18n/time'
import { Avatar } from '@/app/_ui/avatar'
import { DepartmentMark } from '@/app/_ui/department-mark'
import { Link } from '@/app/_ui/link'
import type { Retargeted, ScopedActivity, ScopeWord } from '@/lib/domain/scope'
import { cardHref } from '../../../boards/board-href'
import { figure } from '../../../measures/_measures/figure'
import { GiveReason } from './give-reason'
import type { Given } from './given'

/** What the plan has become since it was sealed: by whom, and why. */
export function Scope(given: Given) {
  const { it, t } = given
  const { scope } = it
  if (!scope) return null
  const { added, dropped, retargeted } = scope
  const none = added.length + dropped.length + retargeted.length === 0
  return (
    <section aria-labelledby="scope">
      <h2 id="scope">{t('quarters.scope')}</h2>
      {none ? (
        <p className="quiet">{t('quarters.scope_none')}</p>
      ) : (
        it.state === 'closed' && <p className="quiet">{t('quarters.scope_closed')}</p>
      )}
      <Changes {...given} title={t('quarters.added')} mark="+" list={added} />
      <Changes {...given} title={t('quarters.dropped')} mark="−" list={dropped} />
      {retargeted.length > 0 && (
        <>
          <h3>{t('quarters.retargeted')}</h3>
          <ul className="changes" data-kind="target">
            {retargeted.map((one) => (
              <li key={one.measureId}>
                <Target {...given} one={one} />
                <Word {...given} word={one.word} />
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

function Changes({
  title,
  mark,
  list,
  ...given
}: Given & { title: string; mark: string; list: readonly ScopedActivity[] }) {
  const { it, more, language } = given
  if (list.length === 0) return null
  return (
    <>
      <h3>{title}</h3>
      <ul className="changes">
        {list.map(({ activityId, title: name, departmentId, word }) => {
          const board = more.boards.find((one) => one.departmentId === departmentId)
          return (
            <li key={activityId} data-dept={board?.kind ?? 'other'}>
              <p className="what">
                <span className="mark" aria-hidden="true">
                  {mark}
                </span>
                {board && <DepartmentMark kind={board.kind} name={board.name} language={language} />}
                {board ? <Link href={cardHref(it.slug, board, activityId)}>{name}</Link> : name}
              </p>
              <Word {...given} word={word} />
            </li>
          )
        })}
      </ul>
    </>
  )
}

function Target({ one, it, more, t, language }: Given & { one: Retargeted }) {
  const unit =
    more.measures.find(({ measureId }) => measureId === one.measureId)?.unit ??
    it.seal?.plan.targets.find(({ measureId }) => measureId === one.measureId)?.unit ??
    ''
  const say = (value: number | null, none: string) => (value === null ? none : figure(language, value, unit))
  return (
    <p className="what num">
      <span className="mark" aria-hidden="true">
        ±
      </span>
      <Link href={`/${it.slug}/measures/${one.measureId}`}>{one.name}</Link>
      <span className="way">
        <del>{say(one.from, t('quarters.no_target_then'))}</del> <ins>{say(one.to, t('quarters.gone'))}</ins>
      </span>
    </p>
  )
}

function Word({ word, it, t, language, when, me, workspace }: Given & { word: ScopeWord | null }) {
  if (!word) return <p className="why quiet">{t('quarters.no_word')}</p>
  const by = it.people.find(({ id }) => id === word.by)
  // Closed quarters take nothing any more, reasons neither.
  const mine = word.by === me && word.reason === null && it.state !== 'closed'
  return (
    <div className="why">
      <p>
        {by && <Avatar id={by.userId} name={by.name} image={by.image} size="sm" />}
        <span>
          {by?.name}{' '}
          <time dateTime={word.at.toISOString()}>
            {formatMoment(language, 'day', word.at.getTime(), when)}
          </time>
        </span>
      </p>
      {word.reason !== null ? (
        <q>{word.reason}</q>
      ) : mine ? (
        <GiveReason workspace={workspace} changeId={word.changeId} />
      ) : (
        <p className="badge" data-s="none">
          {t('quarters.no_reason')}
        </p>
      )}
    </div>
  )
}
