'use client'
import { useRouter } from 'next/navigation'
import { useId } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Submit, SubmitForm } from '@/app/_ui/submit-form'
import type { Language } from '@/lib/domain/language'
import { createSample } from './actions'

/** The example company, whole, in one click: in the reader's language first, and in the other. */
export function MakeSample({ language }: { language: Language }) {
  const t = useWords()
  const id = useId()
  const other = language === 'zh' ? 'en' : 'zh'
  return (
    <section className="example" aria-labelledby={id}>
      <div>
        <h2 id={id}>{t('sample.ui_head')}</h2>
        <p>{t('sample.ui_text')}</p>
      </div>
      <div className="in">
        <Make language={language} look="ink" />
        <Make language={other} look="outline" />
        <p className="help">{t('sample.ui_gone')}</p>
      </div>
    </section>
  )
}

function Make({ language, look }: { language: Language; look: 'ink' | 'outline' }) {
  const t = useWords()
  const router = useRouter()
  return (
    <SubmitForm
      action={createSample}
      values={{ language }}
      done={({ slug }) => router.push(`/${slug}`)}
      lang={language === 'zh' ? 'zh-Hans' : 'en'}
    >
      <Submit look={look}>{t(`sample.ui_open_${language}`)}</Submit>
    </SubmitForm>
  )
}
