'use client'
import { useRouter } from 'next/navigation'
import { useRef, useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { type TemplateCard, Templates } from '@/app/_templates/templates'
import { Button } from '@/app/_ui/button'
import { Dialog } from '@/app/_ui/dialog'
import { Field, Input } from '@/app/_ui/field'
import { Icon } from '@/app/_ui/icon'
import { Segmented } from '@/app/_ui/segmented'
import { Submit, SubmitForm } from '@/app/_ui/submit-form'
import { useToast } from '@/app/_ui/toast'
import { useSubmit } from '@/app/_ui/use-submit'
import type { Language } from '@/lib/domain/language'
import { createStrategy, importStrategy } from '../actions'

/** Begins a strategy: from a template, an empty page, or a Markdown file. */
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
  const toast = useToast()
  const [open, setOpen] = useState(opened)
  const [written, setWritten] = useState(language)
  const file = useRef<HTMLInputElement>(null)
  const goTo = ({ id }: { id: string }) => router.push(`/${workspace}/strategy/${id}`)
  const close = () => {
    setOpen(false)
    // Asked for again by the key C, the address must change again.
    if (opened) router.replace('?')
  }
  const reading = useSubmit(importStrategy, goTo)

  const read = async (chosen: File | undefined) => {
    if (!chosen) return
    const markdown = await chosen.text()
    await reading.run({ workspace, markdown, fileName: chosen.name, language })
    if (file.current) file.current.value = ''
  }
  if (reading.refusal) {
    const { message } = reading.refusal
    reading.clear()
    toast({ text: message })
  }
  return (
    <div className="row wrap">
      <input
        ref={file}
        type="file"
        accept=".md,.markdown,.txt,text/markdown,text/plain"
        className="vh"
        tabIndex={-1}
        aria-hidden="true"
        onChange={(event) => void read(event.currentTarget.files?.[0])}
      />
      <Button busy={reading.busy} onClick={() => file.current?.click()}>
        {reading.busy ? t('strategy.import_busy') : t('strategy.import')}
      </Button>
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
