'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { type TemplateCard, Templates } from '@/app/_templates/templates'
import { Button } from '@/app/_ui/button'
import { Dialog } from '@/app/_ui/dialog'
import { Field, Input } from '@/app/_ui/field'
import { Icon } from '@/app/_ui/icon'
import { Segmented } from '@/app/_ui/segmented'
import { Submit, SubmitForm } from '@/app/_ui/submit-form'
import type { Language } from '@/lib/domain/language'
import { createStrategy } from '../actions'
import { ImportFile } from './import-file'

/** Begins a strategy: from a template, an empty page, or a file. */
export function NewStrategy({
  opened,
  workspace,
  language,
  year,
  cards,
}: {
  /** The dialog stands open at first. */
  opened: boolean
  workspace: string
  language: Language
  year: number
  cards: readonly TemplateCard[]
}) {
  const t = useWords()
  const router = useRouter()
  const [open, setOpen] = useState(opened)
  const [written, setWritten] = useState(language)
  const goTo = ({ id }: { id: string }) => router.push(`/${workspace}/strategy/${id}`)
  const close = () => {
    setOpen(false)
    // Asked for again by the key C, the address must change again.
    if (opened) router.replace('?')
  }

  return (
    <div className="row wrap">
      <ImportFile workspace={workspace} />
      <Button look="ink" onClick={() => setOpen(true)}>
        <Icon name="plus" />
        {t('strategy.new')}
      </Button>
      <Dialog open={open} onClose={close} title={t('strategy.new_title')} wide>
        <SubmitForm action={createStrategy} values={{ workspace }} done={goTo} className="stack">
          <Field name="title" label={t('strategy.title_label')} help={t('strategy.title_help')}>
            <Input
              required
              autoFocus
              defaultValue={t('strategy.title_suggested', { year: String(year) })}
              onFocus={(event) => event.currentTarget.select()}
            />
          </Field>
          <Segmented
            name="language"
            label={t('strategy.language_label')}
            showLabel
            value={written}
            onChange={setWritten}
            options={[
              { value: 'en', label: t('strategy.language_en'), lang: 'en' },
              { value: 'zh', label: t('strategy.language_zh'), lang: 'zh-Hans' },
            ]}
          />
          <Templates
            label={<span className="label">{t('strategy.template_label')}</span>}
            cards={cards}
            written={written}
          />
          <footer>
            <Button onClick={close}>{t('strategy.cancel')}</Button>
            <Submit>{t('strategy.create')}</Submit>
          </footer>
        </SubmitForm>
      </Dialog>
    </div>
  )
}
