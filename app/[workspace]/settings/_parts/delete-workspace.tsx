'use client'
import { useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { Dialog } from '@/app/_ui/dialog'
import { Field, Input } from '@/app/_ui/field'
import { Submit, SubmitForm } from '@/app/_ui/submit-form'
import { deleteWorkspace } from '../actions'

/** Asks for the workspace's name, typed by hand, before it closes for everybody. */
export function DeleteWorkspace({ slug, name }: { slug: string; name: string }) {
  const t = useWords()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button look="danger" onClick={() => setOpen(true)}>
        {t('people.delete_open')}
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={t('people.delete_title', { workspace: name })}
      >
        <SubmitForm
          className="form"
          action={deleteWorkspace}
          values={{ workspace: slug }}
          // A full load: nothing of the workspace should linger in the router's memory.
          done={() => window.location.assign('/workspaces')}
        >
          <p>{t('people.delete_lead')}</p>
          <Field name="name" label={t('people.delete_type', { workspace: name })}>
            <Input required autoComplete="off" autoFocus />
          </Field>
          <footer>
            <Button onClick={() => setOpen(false)}>{t('common.cancel')}</Button>
            <Submit look="danger">{t('people.delete_do')}</Submit>
          </footer>
        </SubmitForm>
      </Dialog>
    </>
  )
}
