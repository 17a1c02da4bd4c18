'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import type { TemplateCard } from '@/app/_templates/templates'
import { Button } from '@/app/_ui/button'
import { Icon } from '@/app/_ui/icon'
import { Late, latePart } from '@/app/_ui/late'
import type { Language } from '@/lib/domain/language'
import { ImportFile } from './import-file'

const form = latePart(() => import('./new-strategy-form').then((module) => module.NewStrategyForm))

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
  const close = () => {
    setOpen(false)
    // Asked for again by the key C, the address must change again.
    if (opened) router.replace('?')
  }

  return (
    <div className="row wrap">
      <ImportFile workspace={workspace} />
      <Button look="ink" onPointerEnter={form.warm} onFocus={form.warm} onClick={() => setOpen(true)}>
        <Icon name="plus" />
        {t('strategy.new')}
      </Button>
      {open && (
        <Late part={form} missed={close}>
          {(NewStrategyForm) => <NewStrategyForm {...{ workspace, language, year, cards, close }} />}
        </Late>
      )}
    </div>
  )
}
