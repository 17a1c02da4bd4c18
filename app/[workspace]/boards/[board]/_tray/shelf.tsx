'use client'
import { useEffect, useMemo, useState } from 'react'
import { useLanguage, useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { Input } from '@/app/_ui/field'
import { Segmented } from '@/app/_ui/segmented'
import { rank } from '../../../_shell/matching'
import { sayDay } from '../../../my-work/_work/say-day'
import { columnName } from '../_board/names'
import { useBoardPart, useBoardStore } from '../_board/use-board'
import { readShelf, type Settled } from './read-shelf'

/** More are found by their words. */
const SHOWN = 100

/** The archive and the trash: looked through by words, and brought back. */
export function Shelf() {
  const t = useWords()
  const language = useLanguage()
  const store = useBoardStore()
  const slug = useBoardPart((state) => state.slug)
  const boardId = useBoardPart((state) => state.board.boardId)
  const columns = useBoardPart((state) => state.columns)
  const today = useBoardPart((state) => state.today)
  const mayEdit = useBoardPart((state) => state.may.edit)
  const counts = useBoardPart((state) => state.counts)
  const [status, setStatus] = useState<'archived' | 'trashed'>('archived')
  const [query, setQuery] = useState('')
  const [cards, setCards] = useState<readonly Settled[] | 'failed' | null>(null)
  // Counted again whenever something is settled or restored, by us or others: then the list is read again.
  const count = counts[status]
  // biome-ignore lint/correctness/useExhaustiveDependencies: the count says that there is news
  useEffect(() => {
    const asked = new AbortController()
    readShelf(slug, boardId, status, asked.signal).then(setCards, () => {
      if (!asked.signal.aborted) setCards('failed')
    })
    return () => asked.abort()
  }, [slug, boardId, status, count])
  const found = useMemo(
    () =>
      Array.isArray(cards)
        ? (cards as readonly Settled[]).filter(({ title }) => query.trim() === '' || rank(query, title) > 0)
        : [],
    [cards, query],
  )
  return (
    <div className="shelf-list">
      <div className="row wrap">
        <Segmented
          label={t('tray.ui_shelf')}
          value={status}
          onChange={(next) => {
            setCards(null)
            setStatus(next)
          }}
          options={[
            { value: 'archived', label: t('tray.ui_archive', { n: counts.archived }) },
            { value: 'trashed', label: t('tray.ui_trash', { n: counts.trashed }) },
          ]}
        />
        <Input
          type="search"
          aria-label={t('tray.ui_search')}
          placeholder={t('tray.ui_search')}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
      </div>
      {cards === 'failed' && <p className="error">{t('common.no_answer')}</p>}
      {Array.isArray(cards) && found.length === 0 && (
        <p className="quiet none">
          {query.trim() !== ''
            ? t('tray.ui_not_found', { query: query.trim() })
            : t(status === 'archived' ? 'tray.ui_archive_empty' : 'tray.ui_trash_empty')}
        </p>
      )}
      <ul aria-label={t(status === 'archived' ? 'tray.ui_archive_name' : 'tray.ui_trash_name')}>
        {found.slice(0, SHOWN).map((card) => {
          const column = columns.find(({ id }) => id === card.columnId)
          return (
            <li key={card.id}>
              <div className="what">
                <b>{card.title}</b>
                <small>
                  {column && columnName(t, column)}
                  <span>{sayDay(language, card.day, today)}</span>
                </small>
              </div>
              {mayEdit && (
                <Button
                  size="sm"
                  aria-label={`${t('tray.ui_restore')}: ${card.title}`}
                  onClick={async () => {
                    if (await store.settle([card.id], 'active'))
                      setCards((now) => (Array.isArray(now) ? now.filter(({ id }) => id !== card.id) : now))
                  }}
                >
                  {t('tray.ui_restore')}
                </Button>
              )}
            </li>
          )
        })}
      </ul>
      {found.length > SHOWN && <p className="quiet">{t('tray.ui_more', { n: found.length - SHOWN })}</p>}
    </div>
  )
}
