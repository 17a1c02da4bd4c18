'use client'
import { useMemo, useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Avatar } from '@/app/_ui/avatar'
import { Icon } from '@/app/_ui/icon'
import { Linked } from '@/app/_ui/linked'
import { Menu } from '@/app/_ui/menu'
import { MenuItem } from '@/app/_ui/menu-items'
import { Moment } from '@/app/_ui/moment'
import { MentionField } from '@/app/[workspace]/strategy/[strategy]/_threads/mention-field'
import { piecesOf } from '@/lib/domain/mention'
import type { Said } from './panel-data'
import { writtenIn } from './title'
import { usePanel } from './use-panel'

/** What is said about the activity, the oldest first, and the field to say something. */
export function Comments() {
  const t = useWords()
  const { data, acts } = usePanel()
  const { comments, may, activity } = data
  const field = useMentionables()
  return (
    <section className="part" aria-label={t('activity.comments')} id="panel-comments">
      <h3>
        {t('activity.comments')}
        {comments.length > 0 && <span className="num">{comments.length}</span>}
      </h3>
      {comments.length > 0 && (
        <div className="thread">
          {comments.map((comment) => (
            <Comment key={comment.id} comment={comment} />
          ))}
        </div>
      )}
      {comments.length === 0 && !may.comment && <p className="quiet">{t('activity.no_comments')}</p>}
      {may.comment && (
        <MentionField
          {...field}
          label={t('activity.comment_hint')}
          send={t('activity.comment_send')}
          focus={false}
          onSend={(text) => acts.speak({ do: 'say', activityId: activity.id, text })}
        />
      )}
    </section>
  )
}

function Comment({ comment }: { comment: Said }) {
  const t = useWords()
  const { data, names, acts } = usePanel()
  const field = useMentionables()
  const [editing, setEditing] = useState(false)
  const author = data.people.find(({ id }) => id === comment.memberId)
  const own = comment.memberId === data.me.memberId
  const who = names.person(comment.memberId)
  const mayEnd = own || data.may.moderate
  return (
    <article className="c" aria-label={t('activity.comment_of', { name: who })}>
      <Avatar id={author?.userId ?? comment.memberId} name={who} image={author?.image ?? null} size="sm" />
      <header>
        <b>{who}</b>
        <Moment at={comment.at} now={data.readAt} zone={data.zone} />
        {comment.edited && <span className="quiet">{t('activity.edited')}</span>}
        {data.may.comment && mayEnd && !editing && (
          <Menu
            label={t('activity.comment_more', { name: who })}
            trigger={<Icon name="dots" />}
            look="plain"
            size="sm"
            icon
            align="end"
            width={180}
          >
            {own && <MenuItem onSelect={() => setEditing(true)}>{t('activity.comment_edit')}</MenuItem>}
            <MenuItem danger onSelect={() => void acts.speak({ do: 'delete', commentId: comment.id })}>
              {t('activity.comment_delete')}
            </MenuItem>
          </Menu>
        )}
      </header>
      {editing ? (
        <MentionField
          {...field}
          label={t('activity.comment_edit')}
          send={t('common.save')}
          first={comment.text}
          onCancel={() => setEditing(false)}
          onSend={async (text) => {
            const done = await acts.speak({ do: 'edit', commentId: comment.id, text }, comment.text)
            if (done) setEditing(false)
            return done
          }}
        />
      ) : (
        <p className="words" lang={writtenIn(comment.text)}>
          {piecesOf(comment.text).map((piece, i) =>
            'text' in piece ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text never change places
              <Linked key={i} text={piece.text} />
            ) : (
              // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text never change places
              <mark className="at" key={i}>
                @{field.nameOf(piece.mention.id) ?? piece.mention.name}
              </mark>
            ),
          )}
        </p>
      )}
    </article>
  )
}

/** Whom a comment may mention: the people of the workspace, and its departments. */
function useMentionables() {
  const t = useWords()
  const { data, names } = usePanel()
  return useMemo(() => {
    const departments = data.boards.map(({ departmentId, kind, name }) => ({ id: departmentId, kind, name }))
    const byId = new Map<string, string>([
      ...data.people.map(({ id, name }) => [id, name] as const),
      ...data.boards.map((board) => [board.departmentId, names.department(board)] as const),
    ])
    return {
      people: data.people,
      departments,
      listLabel: t('activity.people'),
      nameOf: (id: string) => byId.get(id) ?? null,
    }
  }, [data.boards, data.people, names, t])
}
