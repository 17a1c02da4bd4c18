'use client'
import { usePreferences } from '@/app/_i18n/preferences'
import { useLanguage, useWords } from '@/app/_i18n/words-provider'
import { Segmented } from '@/app/_ui/segmented'

/** Language and theme: chosen, they are there. */
export function Appearance({ theme }: { theme: 'light' | 'dark' | null }) {
  const t = useWords()
  const language = useLanguage()
  const prefer = usePreferences()
  return (
    <div className="choices">
      <Segmented
        label={t('auth.language')}
        showLabel
        defaultValue={language}
        options={[
          { value: 'en', label: 'English', lang: 'en' },
          { value: 'zh', label: '简体中文', lang: 'zh-Hans' },
        ]}
        onChange={(value) => void prefer({ language: value })}
      />
      <Segmented
        label={t('auth.theme')}
        showLabel
        defaultValue={theme ?? 'system'}
        options={[
          { value: 'light', label: t('auth.light') },
          { value: 'dark', label: t('auth.dark') },
          { value: 'system', label: t('auth.system') },
        ]}
        onChange={(value) => void prefer({ theme: value === 'system' ? null : value })}
      />
    </div>
  )
}
