'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { type TemplateCard, Templates } from '@/app/_templates/templates'
import { Button } from '@/app/_ui/button'
import { Dialog } from '@/app/_ui/dialog'
import { Field, Input } from '@/app/_ui/field'
import { Segmented } from '@/app/_ui/segmented'
import { Submit, SubmitForm } from '@/app/_ui/submit-form'
import type { Language } from '@/lib/domain/language'
import { createStrategy } from '../actions'

/** Title, language and template of a new strategy. */
export function NewStrategyForm({
  workspace,
  language,
  year,
  cards,
  close,
}: {
  workspace: string
  language: Language
  year: number
  cards: readonly TemplateCard[]
  close: () => void
}) {
  const t = useWords()
  const router = useRouter()
  const [written, setWritten] = useState(language)
  const goTo = ({ id }: { id: string }) => router.push(`/${workspace}/strategy/${id}`)
  return (
    <Dialog open onClose={close} title={t('strategy.new_title')} wide>
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
  )
}
