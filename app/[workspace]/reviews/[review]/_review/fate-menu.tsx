'use client'
import { useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { Dialog } from '@/app/_ui/dialog'
import { Field, Textarea } from '@/app/_ui/field'
import { Icon } from '@/app/_ui/icon'
import { Menu } from '@/app/_ui/menu'
import { MenuItem } from '@/app/_ui/menu-items'
import { Submit, SubmitForm } from '@/app/_ui/submit-form'
import { useAct } from '@/app/_ui/use-act'
import { type DecisionFate, decisionFates } from '@/lib/domain/review-decision'
import { followDecision } from '../../actions'

/** Says what has become of a decision. Leaving one aside asks why. */
export function FateMenu({
  workspace,
  decisionId,
  title,
  fate,
}: {
  workspace: string
  decisionId: string
  title: string
  fate: DecisionFate
}) {
  const t = useWords()
  const act = useAct()
  const [asking, setAsking] = useState(false)
  const close = () => setAsking(false)
  return (
    <>
      <Menu
        label={t('reviews.ui_fate_of', { title })}
        trigger={<Icon name="dots" />}
        look="plain"
        size="sm"
        icon
        align="end"
        width={220}
      >
        {decisionFates.map((one) => (
          <MenuItem
            key={one}
            checked={one === fate}
            onSelect={() =>
              one === 'ignored'
                ? setAsking(true)
                : act(() => followDecision({ workspace, decisionId, fate: one }))
            }
          >
            {t(`reviews.ui_fate_${one}`)}
          </MenuItem>
        ))}
      </Menu>
      <Dialog open={asking} onClose={close} title={t('reviews.ui_fate_why')}>
        <SubmitForm
          action={followDecision}
          values={{ workspace, decisionId, fate: 'ignored' }}
          done={() => {
            close()
            void act(async () => ({ ok: true, value: null }))
          }}
        >
          <p className="quiet">{title}</p>
          <Field label={t('reviews.ui_reason')} name="reason">
            <Textarea required rows={2} />
          </Field>
          <footer>
            <Button onClick={close}>{t('common.cancel')}</Button>
            <Submit>{t('reviews.ui_fate_ignored')}</Submit>
          </footer>
        </SubmitForm>
      </Dialog>
    </>
  )
}
