'use client'
import { useId } from 'react'
import { usePreferences } from '../_i18n/preferences'
import { useLanguage, useWords } from '../_i18n/words-provider'

/** Both languages, each in its own name. */
export function LanguageSelect() {
  const t = useWords()
  const id = useId()
  const language = useLanguage()
  const prefer = usePreferences()
  return (
    <>
      <label className="vh" htmlFor={id}>
        {t('shell.ui_language')}
      </label>
      <select
        className="input"
        id={id}
        value={language}
        onChange={(event) => void prefer({ language: event.target.value === 'zh' ? 'zh' : 'en' })}
      >
        <option value="en" lang="en">
          English
        </option>
        <option value="zh" lang="zh-Hans">
          简体中文
        </option>
      </select>
    </>
  )
}
