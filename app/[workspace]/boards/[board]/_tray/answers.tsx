'use client'
import { useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { Icon } from '@/app/_ui/icon'
import { Late, latePart } from '@/app/_ui/late'
import { Menu } from '@/app/_ui/menu'
import { MenuItem } from '@/app/_ui/menu-items'
import { toast } from '@/app/_ui/toast'
import { useAct } from '@/app/_ui/use-act'
import { acceptHandOff, acceptRequest, declineHandOff, declineRequest, undoTray } from './actions'
import type { Undo } from './decline'

// Most answers are a yes, and most visits none at all.
const no = latePart(() => import('./decline').then((module) => module.Decline))

/** Says what was done, with its way back. */
function useSaid(workspace: string) {
  const act = useAct()
  return (text: string, { undo }: Undo) =>
    toast({ text, ...(undo && { undo: () => act(() => undoTray({ workspace, changeId: undo })) }) })
}

/** Accept, into the first column unless another one is chosen, or decline with a sentence. */
export function AnswerRequest({
  workspace,
  request,
  columns,
}: {
  workspace: string
  request: { readonly id: string; readonly title: string }
  columns: readonly { readonly id: string; readonly name: string }[]
}) {
  const t = useWords()
  const act = useAct()
  const said = useSaid(workspace)
  const [declining, setDeclining] = useState(false)
  const [first] = columns
  const accept = async (column: { readonly id: string; readonly name: string }) => {
    const done = await act(() => acceptRequest({ workspace, requestId: request.id, columnId: column.id }))
    if (done) said(t('tray.ui_accepted', { title: request.title, column: column.name }), done)
  }
  if (declining)
    return (
      <Late part={no} missed={() => setDeclining(false)}>
        {(Decline) => (
          <Decline
            title={request.title}
            action={(reason) => declineRequest({ workspace, requestId: request.id, reason })}
            done={(done) => said(t('tray.ui_declined', { title: request.title }), done)}
            close={() => setDeclining(false)}
          />
        )}
      </Late>
    )
  return (
    <div className="row wrap">
      {first && (
        <Button
          look="ink"
          size="sm"
          aria-label={`${t('tray.ui_accept')}: ${request.title}`}
          title={t('tray.ui_into', { column: first.name })}
          onClick={() => void accept(first)}
        >
          {t('tray.ui_accept')}
        </Button>
      )}
      <Menu
        label={t('tray.ui_accept_into', { title: request.title })}
        trigger={
          <>
            {t('tray.ui_accept_other')} <Icon name="down" />
          </>
        }
        size="sm"
        width={220}
      >
        {columns.map((column) => (
          <MenuItem key={column.id} onSelect={() => accept(column)}>
            {t('tray.ui_into', { column: column.name })}
          </MenuItem>
        ))}
      </Menu>
      <Button
        size="sm"
        aria-label={`${t('tray.ui_decline')}: ${request.title}`}
        onPointerEnter={no.warm}
        onClick={() => setDeclining(true)}
      >
        {t('tray.ui_decline')}
      </Button>
    </div>
  )
}

/** Take what another department hands over, or send it back with a sentence. */
export function AnswerHandOff({
  workspace,
  handOff,
}: {
  workspace: string
  handOff: { readonly id: string; readonly title: string; readonly revision: number }
}) {
  const t = useWords()
  const act = useAct()
  const said = useSaid(workspace)
  const [declining, setDeclining] = useState(false)
  const { id: handOffId, title, revision } = handOff
  if (declining)
    return (
      <Late part={no} missed={() => setDeclining(false)}>
        {(Decline) => (
          <Decline
            title={title}
            action={(reason) => declineHandOff({ workspace, handOffId, revision, reason })}
            done={(done) => said(t('tray.ui_hand_off_declined', { title }), done)}
            close={() => setDeclining(false)}
          />
        )}
      </Late>
    )
  return (
    <div className="row wrap">
      <Button
        look="ink"
        size="sm"
        aria-label={`${t('tray.ui_accept')}: ${title}`}
        onClick={async () => {
          const done = await act(() => acceptHandOff({ workspace, handOffId, revision }))
          if (done) said(t('tray.ui_hand_off_accepted', { title }), done)
        }}
      >
        {t('tray.ui_accept')}
      </Button>
      <Button
        size="sm"
        aria-label={`${t('tray.ui_decline')}: ${title}`}
        onPointerEnter={no.warm}
        onClick={() => setDeclining(true)}
      >
        {t('tray.ui_decline')}
      </Button>
    </div>
  )
}
