'use client'
import { useRouter } from 'next/navigation'
import { useWords } from '@/app/_i18n/words-provider'
import { ConfirmButton } from '@/app/_ui/confirm-button'
import { toast } from '@/app/_ui/toast'
import { openQuarter } from '../../_quarters/actions'

/** Seals the plan and opens the quarter. Asked once more: a seal cannot be taken back. */
export function OpenQuarter({ workspace, cycle, name }: { workspace: string; cycle: string; name: string }) {
  const t = useWords()
  const router = useRouter()
  return (
    <ConfirmButton
      look="ink"
      action={openQuarter}
      input={{ workspace, cycle }}
      title={t('quarters.ui_open_title', { cycle: name })}
      body={t('quarters.ui_open_text')}
      confirm={t('quarters.ui_open_do')}
      done={() => {
        toast({ text: t('quarters.ui_opened', { cycle: name }) })
        router.refresh()
      }}
    >
      {t('quarters.ui_open')}
    </ConfirmButton>
  )
}
