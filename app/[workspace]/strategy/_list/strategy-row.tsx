'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useLanguage, useWords } from '@/app/_i18n/words-provider'
import type { Answer } from '@/app/_server/answer'
import { Button } from '@/app/_ui/button'
import { Dialog } from '@/app/_ui/dialog'
import { Field, Input } from '@/app/_ui/field'
import { Icon } from '@/app/_ui/icon'
import { Link } from '@/app/_ui/link'
import { Menu, MenuItem, MenuRule } from '@/app/_ui/menu'
import { Moment } from '@/app/_ui/moment'
import { Submit, SubmitForm } from '@/app/_ui/submit-form'
import { useToast } from '@/app/_ui/toast'
import {
  archiveStrategy,
  duplicateStrategy,
  makeStrategyCurrent,
  renameStrategy,
  restoreStrategy,
  trashStrategy,
} from '../actions'

interface Row {
  readonly id: string
  readonly title: string
  readonly language: 'en' | 'zh'
  readonly status: 'active' | 'archived' | 'trashed'
  readonly current: boolean
  /** Milliseconds since 1970. */
  readonly changedAt: number
  readonly createdBy: string | null
  readonly mayEdit: boolean
  readonly mayManage: boolean
  readonly mayShare: boolean
}

type Act = (input: { workspace: string; strategyId: string }) => Promise<Answer<unknown>>

/** One strategy of the list: opens on a click anywhere, with everything else in its menu. */
export function StrategyRow({ workspace, strategy, now }: { workspace: string; strategy: Row; now: number }) {
  const t = useWords()
  const language = useLanguage()
  const router = useRouter()
  const toast = useToast()
  const [renaming, setRenaming] = useState(false)
  const { id, title, status, current } = strategy
  const lang = strategy.language === 'zh' ? 'zh-Hans' : 'en'

  const act = async (run: Act, said: string, back?: Act) => {
    const answer = await run({ workspace, strategyId: id }).catch(() => null)
    if (!answer?.ok) return toast({ text: answer ? answer.message : t('common.no_answer') })
    toast({ text: said, ...(back && { undo: () => act(back, t('strategy.done_restore', { title })) }) })
    router.refresh()
  }
  const away = status === 'archived' ? archiveStrategy : trashStrategy
  const menu = [
    status === 'active' && strategy.mayEdit && (
      <MenuItem key="rename" onSelect={() => setRenaming(true)}>
        {t('strategy.rename')}
      </MenuItem>
    ),
    status === 'active' && strategy.mayManage && !current && (
      <MenuItem
        key="current"
        onSelect={() => act(makeStrategyCurrent, t('strategy.done_make_current', { title }))}
      >
        {t('strategy.make_current')}
      </MenuItem>
    ),
    strategy.mayManage && status !== 'trashed' && (
      <MenuItem key="duplicate" onSelect={() => act(duplicateStrategy, t('strategy.done_duplicate'))}>
        {t('strategy.duplicate')}
      </MenuItem>
    ),
    strategy.mayShare && (
      <MenuItem key="share" href={`/${workspace}/strategy/${id}/access`}>
        {t('strategy.share')}
      </MenuItem>
    ),
    strategy.mayManage && !current && <MenuRule key="rule" />,
    strategy.mayManage && status !== 'active' && (
      <MenuItem
        key="restore"
        onSelect={() => act(restoreStrategy, t('strategy.done_restore', { title }), away)}
      >
        {t('strategy.restore')}
      </MenuItem>
    ),
    strategy.mayManage && status === 'active' && !current && (
      <MenuItem
        key="archive"
        onSelect={() => act(archiveStrategy, t('strategy.done_archive', { title }), restoreStrategy)}
      >
        {t('strategy.archive')}
      </MenuItem>
    ),
    strategy.mayManage && status !== 'trashed' && !current && (
      <MenuItem
        key="trash"
        danger
        onSelect={() =>
          act(
            trashStrategy,
            t('strategy.done_trash', { title }),
            status === 'archived' ? archiveStrategy : restoreStrategy,
          )
        }
      >
        {t('strategy.trash')}
      </MenuItem>
    ),
  ].filter(Boolean)

  return (
    <li className={current ? 'is-current' : undefined}>
      <span className="knot" aria-hidden="true" />
      <h2 lang={lang}>
        <Link href={`/${workspace}/strategy/${id}`}>{title}</Link>
      </h2>
      <p className="meta">
        {current && <span className="now">{t('strategy.current')}</span>}
        <span>
          <Changed at={strategy.changedAt} now={now} />
        </span>
        {strategy.createdBy && <span>{t('strategy.begun_by', { name: strategy.createdBy })}</span>}
        {strategy.language !== language && (
          <span lang={lang}>{t(`strategy.language_${strategy.language}`)}</span>
        )}
        {!strategy.mayEdit && status === 'active' && <span>{t('strategy.read_only')}</span>}
      </p>
      {menu.length > 0 && (
        <div className="acts">
          <Menu
            label={t('strategy.more', { title })}
            trigger={<Icon name="dots" />}
            look="plain"
            icon
            align="end"
            width={220}
          >
            {menu}
          </Menu>
        </div>
      )}
      <Dialog open={renaming} onClose={() => setRenaming(false)} title={t('strategy.rename_title')}>
        <SubmitForm
          action={renameStrategy}
          values={{ workspace, strategyId: id }}
          className="stack"
          done={() => {
            setRenaming(false)
            toast({ text: t('strategy.done_rename') })
            router.refresh()
          }}
        >
          <Field name="title" label={t('strategy.title_label')}>
            <Input
              required
              autoFocus
              lang={lang}
              defaultValue={title}
              onFocus={(event) => event.currentTarget.select()}
            />
          </Field>
          <footer>
            <Button onClick={() => setRenaming(false)}>{t('strategy.cancel')}</Button>
            <Submit>{t('strategy.save')}</Submit>
          </footer>
        </SubmitForm>
      </Dialog>
    </li>
  )
}

/** "Changed 5 minutes ago", the moment inside the sentence keeping itself up to date. */
function Changed({ at, now }: { at: number; now: number }) {
  const t = useWords()
  const [before, after] = t('strategy.changed', { when: '\u0000' }).split('\u0000')
  return (
    <>
      {before}
      <Moment at={at} now={now} zone="UTC" style="ago" />
      {after}
    </>
  )
}
