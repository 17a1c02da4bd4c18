'use client'
import { useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { DepartmentMark } from '@/app/_ui/department-mark'
import { Icon } from '@/app/_ui/icon'
import { Link } from '@/app/_ui/link'
import { cardHref } from '@/app/[workspace]/boards/board-href'
import { MAX_WHY, type Relation } from '@/lib/domain/relation'
import { fieldKeys } from './field-keys'
import { type Option, Pick } from './pick'
import { writtenIn } from './title'
import { useActivities } from './use-activities'
import { usePanel } from './use-panel'

const ways = ['blocks', 'blocked_by', 'pulls_apart'] as const
type Way = (typeof ways)[number]

/** What must be done before what, and what undoes what this is for. */
export function Relations() {
  const t = useWords()
  const { data, names, acts, mayEdit } = usePanel()
  const { activity, relations, boards } = data
  const { activities, ask } = useActivities()
  const related = relations.flatMap(({ fromId, toId }) => [fromId, toId])
  const options: Option[] | null =
    activities &&
    boards.flatMap((board) => {
      const group = names.department(board)
      const mark = <DepartmentMark kind={board.kind} name={board.name} language={names.language} />
      return activities
        .filter(({ id, boardId }) => boardId === board.boardId && id !== activity.id)
        .map(({ id, title }) => ({ id, name: title, group, words: group, mark }))
    })
  const add = (way: Way, id: string | null) => {
    const other = activities?.find((one) => one.id === id)
    if (!other) return
    const here = way === 'blocked_by' ? other.id : activity.id
    const there = way === 'blocked_by' ? activity.id : other.id
    void acts.relate(
      {
        do: 'add',
        kind: way === 'pulls_apart' ? 'pulls_apart' : 'blocks',
        fromId: here,
        toId: there,
        why: '',
      },
      t('activity.said_related', { title: other.title }),
    )
  }
  return (
    <section className="part" aria-label={t('activity.relations')}>
      <h3>
        {t('activity.relations')}
        {relations.length > 0 && <span className="num">{relations.length}</span>}
      </h3>
      {relations.length === 0 && !mayEdit && <p className="quiet">{t('activity.no_relations')}</p>}
      {relations.length > 0 && (
        <ul className="rows">
          {relations.map((relation) => (
            <Row key={relation.id} relation={relation} />
          ))}
        </ul>
      )}
      {mayEdit && (
        <div className="adds">
          {ways.map((way) => (
            <Pick
              key={way}
              label={t(`activity.find_${way}`)}
              trigger={
                <>
                  <Icon name="plus" />
                  {t(`activity.way_${way}`)}
                </>
              }
              triggerClassName="add-link"
              options={options}
              chosen={related}
              width={360}
              onOpen={ask}
              onPick={(id) => add(way, id)}
            />
          ))}
        </div>
      )}
    </section>
  )
}

function Row({ relation }: { relation: Relation }) {
  const t = useWords()
  const { data, names, acts, mayEdit } = usePanel()
  const { activity, neighbours, boards, slug } = data
  const [draft, setDraft] = useState<string | null>(null)
  const { id, kind, fromId, toId, why, resolved } = relation
  const other = neighbours.find((one) => one.id === (fromId === activity.id ? toId : fromId))
  const board = boards.find(({ boardId }) => boardId === other?.boardId)
  const way: Way = kind === 'pulls_apart' ? 'pulls_apart' : fromId === activity.id ? 'blocks' : 'blocked_by'
  const save = () => {
    const wanted = draft?.trim() ?? ''
    setDraft(null)
    if (wanted !== why)
      void acts.relate({ do: 'set', relationId: id, why: wanted }, t('activity.said_relation'))
  }
  return (
    <li className="row-card" data-resolved={resolved || undefined}>
      <p className="who-line">
        <span className="badge" data-s={resolved ? 'good' : way === 'blocks' ? 'none' : 'risk'}>
          {t(resolved ? 'activity.resolved' : `activity.way_${way}`)}
        </span>
        {board && <DepartmentMark kind={board.kind} name={board.name} language={names.language} />}
        {other && board ? (
          <Link href={cardHref(slug, board, other.id)} lang={writtenIn(other.title)}>
            {other.title}
          </Link>
        ) : (
          <span>{t('activity.gone_activity')}</span>
        )}
      </p>
      {draft !== null ? (
        <input
          className="input"
          // biome-ignore lint/a11y/noAutofocus: it opens because somebody pressed the button for it
          autoFocus
          value={draft}
          maxLength={MAX_WHY}
          aria-label={t('activity.relation_why')}
          onChange={(event) => setDraft(event.target.value)}
          onBlur={save}
          onKeyDown={fieldKeys({
            enter: () => {
              save()
            },
            escape: () => {
              setDraft(null)
            },
          })}
        />
      ) : (
        why !== '' && <p lang={writtenIn(why)}>{why}</p>
      )}
      {mayEdit && draft === null && (
        <div className="row-acts">
          <Button
            size="sm"
            onClick={() =>
              void acts.relate(
                { do: 'set', relationId: id, resolved: !resolved },
                t(resolved ? 'activity.said_opened' : 'activity.said_resolved'),
              )
            }
          >
            {t(resolved ? 'activity.reopen' : 'activity.resolve')}
          </Button>
          <Button size="sm" look="plain" onClick={() => setDraft(why)}>
            {t(why === '' ? 'activity.add_why' : 'activity.change_why')}
          </Button>
          <Button
            size="sm"
            look="plain"
            onClick={() => void acts.relate({ do: 'remove', relationId: id }, t('activity.said_unrelated'))}
          >
            {t('activity.remove')}
          </Button>
        </div>
      )}
    </li>
  )
}
