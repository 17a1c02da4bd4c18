'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Button, type ButtonProps } from '@/app/_ui/button'
import { Dialog } from '@/app/_ui/dialog'
import { Field, Input } from '@/app/_ui/field'
import { SubmitForm } from '@/app/_ui/submit-form'
import { useToast } from '@/app/_ui/toast'
import type { Moment } from '@/lib/domain/version'
import { nameVersion } from './actions'

interface Named {
  readonly workspace: string
  readonly strategyId: string
  readonly version: Moment
  readonly name: string | null
}

/** Asks for the name of a version, or of what is there now. */
export function NameDialog({
  workspace,
  strategyId,
  version,
  name,
  close,
}: Named & { readonly close: () => void }) {
  const t = useWords()
  const router = useRouter()
  const toast = useToast()
  return (
    <Dialog open title={t('versions.ui_name_title')} onClose={close}>
      <SubmitForm
        action={nameVersion}
        values={{ workspace, strategyId, version: `${version}` }}
        done={(named: { number: number; name: string }) => {
          close()
          toast({ text: t('versions.ui_named', { number: named.number, name: named.name }) })
          router.refresh()
        }}
      >
        <Field label={t('versions.ui_name_label')} name="name">
          <Input name="name" maxLength={80} defaultValue={name ?? ''} required />
        </Field>
        <footer>
          <Button onClick={close}>{t('common.cancel')}</Button>
          <Button look="ink" type="submit">
            {t('versions.ui_name_do')}
          </Button>
        </footer>
      </SubmitForm>
    </Dialog>
  )
}

/** A button that gives a version a name, or keeps what is there now under one. */
export function NameVersion({
  workspace,
  strategyId,
  version,
  name,
  ...button
}: Named & Omit<ButtonProps, 'onClick' | 'name'>) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button {...button} onClick={() => setOpen(true)} />
      {open && <NameDialog {...{ workspace, strategyId, version, name }} close={() => setOpen(false)} />}
    </>
  )
}
