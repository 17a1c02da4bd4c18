'use client'
import { useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Avatar } from '@/app/_ui/avatar'
import { Icon } from '@/app/_ui/icon'
import { Linked } from '@/app/_ui/linked'
import { Menu } from '@/app/_ui/menu'
import { MenuItem } from '@/app/_ui/menu-items'
import { Moment } from '@/app/_ui/moment'
import { toast } from '@/app/_ui/toast'
import { piecesOf } from '@/lib/domain/mention'
import { type Reaction, reactions } from '@/lib/domain/thread'
import type { CommentView } from '@/lib/queries/threads'
import { useStore } from '../_editor/use-store'
import { Composer } from './composer'
import { useHouse } from './house'
import { useNames } from './use-names'

/** Chinese words keep their own punctuation on an English page. */
const writtenIn = (text: string) => (/\p{Script=Han}/u.test(text) ? 'zh-Hans' : undefined)

const pictures: Record<Reaction, string> = {
  yes: '👍',
  no: '👎',
  heart: '❤️',
  look: '👀',
  think: '🤔',
  party: '🎉',
}

/** One comment with what can be done about it. */
export function Said({
  threadId,
  comment,
  tools,
}: {
  threadId: string
  comment: CommentView
  tools: boolean
}) {
  const t = useWords()
  const { acts, zone, path, store } = useHouse()
  const { mayComment, mayModerate } = useStore(store.state, store.state.get())
  const { voice, nameOf, me } = useNames()
  const [editing, setEditing] = useState(false)
  const who = voice(comment.author)

  if (comment.deleted)
    return (
      <div className="c gone">
        <p>{t('threads.deleted_comment')}</p>
      </div>
    )
  const copyLink = async () => {
    await navigator.clipboard?.writeText(`${location.origin}${path}?thread=${threadId}`)
    toast({ text: t('threads.link_copied') })
  }
  const react = (reaction: Reaction) => {
    const given = comment.reactions.find((one) => one.reaction === reaction)
    void acts.react(threadId, comment.id, reaction, !given?.by.includes(me))
  }
  return (
    <div className="c">
      <Avatar
        id={comment.author.userId}
        name={comment.importedAuthor ?? comment.author.name ?? '?'}
        image={comment.importedAuthor === null ? comment.author.image : null}
        size="sm"
      />
      <header>
        <b>{comment.importedAuthor ?? who}</b>
        <Moment at={comment.at} now={Date.now()} zone={zone} />
        {comment.importedAuthor !== null && (
          <span className="edited">{t('threads.imported_by', { name: who })}</span>
        )}
        {comment.edited && <span className="edited">{t('threads.edited')}</span>}
        {tools && !editing && (
          <Menu
            label={t('threads.more', { name: who })}
            trigger={<Icon name="dots" />}
            look="plain"
            size="sm"
            icon
            align="end"
            width={200}
          >
            {mayComment && comment.mine && (
              <MenuItem onSelect={() => setEditing(true)}>{t('threads.edit')}</MenuItem>
            )}
            <MenuItem onSelect={copyLink}>{t('threads.copy_link')}</MenuItem>
            {mayComment && (comment.mine || mayModerate) && (
              <MenuItem danger onSelect={() => void acts.remove(threadId, comment.id)}>
                {t('threads.delete')}
              </MenuItem>
            )}
          </Menu>
        )}
      </header>
      {editing ? (
        <Composer
          label={t('threads.edit')}
          send={t('common.save')}
          first={comment.text}
          onCancel={() => setEditing(false)}
          onSend={async (text) => {
            const done = await acts.edit(threadId, comment.id, text)
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
                @
                {nameOf(piece.mention.id) ??
                  (piece.mention.id.startsWith('mem_') ? t('threads.former') : piece.mention.name)}
              </mark>
            ),
          )}
        </p>
      )}
      {!editing && (comment.reactions.length > 0 || (tools && mayComment)) && (
        <div className="reactions">
          {comment.reactions.map(({ reaction, by, imported }) => (
            <button
              key={reaction}
              type="button"
              className="reaction num"
              aria-pressed={by.includes(me)}
              disabled={!mayComment}
              title={[
                ...imported,
                ...by.map((id) => (id === me ? t('threads.you') : (nameOf(id) ?? t('threads.former')))),
              ].join(', ')}
              aria-label={t('threads.reacted', {
                reaction: t(`threads.reaction_${reaction}`),
                n: imported.length + by.length,
              })}
              onClick={() => react(reaction)}
            >
              <span aria-hidden="true">{pictures[reaction]}</span> {imported.length + by.length}
            </button>
          ))}
          {tools && mayComment && (
            <Menu
              label={t('threads.react')}
              trigger={
                <>
                  <span className="vh">{t('threads.react')}</span>
                  <span aria-hidden="true" className="react-sign" />
                </>
              }
              triggerClassName="reaction add"
              width={180}
            >
              {reactions.map((reaction) => (
                <MenuItem key={reaction} onSelect={() => react(reaction)}>
                  <span aria-hidden="true">{pictures[reaction]}</span>
                  {` ${t(`threads.reaction_${reaction}`)}`}
                </MenuItem>
              ))}
            </Menu>
          )}
        </div>
      )}
    </div>
  )
}
