'use client'
import { useRouter } from 'next/navigation'
import { useWords } from '@/app/_i18n/words-provider'
import { Field, Input, Select } from '@/app/_ui/field'
import { Submit, SubmitForm } from '@/app/_ui/submit-form'
import { useToast } from '@/app/_ui/toast'
import type { Language } from '@/lib/domain/language'
import { updateWorkspace } from '../actions'

/** Name, address, language and first month of the workspace. */
export function General({
  slug,
  name,
  language,
  yearStart,
  months,
  before,
}: {
  slug: string
  name: string
  language: Language
  yearStart: number
  /** The twelve months, in words. */
  months: readonly string[]
  /** What stands before the slug in every address. */
  before: string
}) {
  const t = useWords()
  const router = useRouter()
  const toast = useToast()
  return (
    <SubmitForm
      className="form"
      action={updateWorkspace}
      values={{ workspace: slug }}
      done={(saved) => {
        toast({ text: t('people.saved') })
        // The page stands at the old address, which nobody answers any more.
        if (saved.slug !== slug) router.replace(`/${saved.slug}/settings`)
        router.refresh()
      }}
    >
      <Field name="name" label={t('people.name')}>
        <Input required autoComplete="organization" defaultValue={name} />
      </Field>
      <Field
        name="slug"
        label={t('people.slug')}
        help={`${t('people.slug_help')} ${t('people.slug_change')}`}
      >
        <span className="affix">
          <span aria-hidden="true">{before}</span>
          <Input required autoComplete="off" autoCapitalize="none" spellCheck={false} defaultValue={slug} />
        </span>
      </Field>
      <div className="pair">
        <Field name="language" label={t('people.language')} help={t('people.language_help')}>
          <Select defaultValue={language}>
            <option value="en" lang="en">
              {t('people.language_en')}
            </option>
            <option value="zh" lang="zh-Hans">
              {t('people.language_zh')}
            </option>
          </Select>
        </Field>
        <Field name="yearStart" label={t('people.year_start')} help={t('people.year_help')}>
          <Select defaultValue={yearStart}>
            {months.map((month, i) => (
              <option key={month} value={i + 1}>
                {month}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <div className="row">
        <Submit>{t('common.save')}</Submit>
      </div>
    </SubmitForm>
  )
}
