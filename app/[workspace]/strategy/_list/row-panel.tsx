'use client'
import { useRouter } from 'next/navigation'
import { useWords } from '@/app/_i18n/words-provider'
import type { Answer } from '@/app/_server/answer'
import { Button } from '@/app/_ui/button'
import { Dialog } from '@/app/_ui/dialog'
import { Field, Input } from '@/app/_ui/field'
import type { Panel } from '@/app/_ui/menu'
import { MenuItem, MenuRule } from '@/app/_ui/menu-items'
import { MenuPanel } from '@/app/_ui/menu-panel'
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
import type { Row } from './strategy-row'

type Act = (input: { workspace: string; strategyId: string }) => Promise<Answer<unknown>>

/** What can be done with one strategy of the list. */
export function RowPanel({
  workspace,
  strategy,
  rename,
  ...panel
}: Panel & { readonly workspace: string; readonly strategy: Row; readonly rename: () => void }) {
  const t = useWords()
  const router = useRouter()
  const toast = useToast()
  const { id, title, status, current } = strategy

  const act = async (run: Act, said: string, back?: Act) => {
    const answer = await run({ workspace, strategyId: id }).catch(() => null)
    if (!answer?.ok) return toast({ text: answer ? answer.message : t('common.no_answer') })
    toast({ text: said, ...(back && { undo: () => act(back, t('strategy.done_restore', { title })) }) })
    router.refresh()
  }
  const away = status === 'archived' ? archiveStrategy : trashStrategy
  const menu = [
    status === 'active' && strategy.mayEdit && (
      <MenuItem key="rename" onSelect={rename}>
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

  return <MenuPanel {...panel}>{menu}</MenuPanel>
}

/** Asks for another title. */
export function RenameStrategy({
  workspace,
  strategy,
  close,
}: {
  workspace: string
  strategy: Row
  close: () => void
}) {
  const t = useWords()
  const router = useRouter()
  const toast = useToast()
  const { id, title } = strategy
  const lang = strategy.language === 'zh' ? 'zh-Hans' : 'en'
  return (
    <Dialog open onClose={close} title={t('strategy.rename_title')}>
      <SubmitForm
        action={renameStrategy}
        values={{ workspace, strategyId: id }}
        className="stack"
        done={() => {
          close()
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
          <Button onClick={close}>{t('strategy.cancel')}</Button>
          <Submit>{t('strategy.save')}</Submit>
        </footer>
      </SubmitForm>
    </Dialog>
  )
}
