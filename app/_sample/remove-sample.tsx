'use client'
import { useWords } from '@/app/_i18n/words-provider'
import { Submit, SubmitForm } from '@/app/_ui/submit-form'
import { removeSample } from './actions'

/** Takes the example company away, at one click: nothing in it was anybody's. */
export function RemoveSample({ slug }: { slug: string }) {
  const t = useWords()
  return (
    <SubmitForm
      action={removeSample}
      values={{ workspace: slug }}
      // A full load: nothing of the workspace should linger in the router's memory.
      done={() => window.location.assign('/workspaces')}
    >
      <Submit look="danger">{t('sample.ui_remove')}</Submit>
    </SubmitForm>
  )
}
