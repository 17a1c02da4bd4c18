'use client'
import { type ReactNode, useId, useRef, useState } from 'react'
import { useWords } from '../_i18n/words-provider'
import { Button } from './button'

/** A value to take along, such as an invitation link: in full, selectable, with a button that copies it. */
export function CopyField({ label, value, help }: { label: ReactNode; value: string; help?: ReactNode }) {
  const t = useWords()
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value)
    } catch {
      // Plain http on a company's network has no clipboard API; the old way still works there.
      field.current?.select()
      if (!document.execCommand('copy')) return
    }
    setCopied(true)
    setTimeout(() => setCopied(false), 2_000)
  }
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <div className="copy">
        <input
          ref={field}
          id={id}
          className="input"
          readOnly
          value={value}
          onFocus={(event) => event.target.select()}
          aria-describedby={help ? `${id}-h` : undefined}
        />
        <Button onClick={copy}>{copied ? t('common.copied') : t('common.copy')}</Button>
        <span className="vh" role="status">
          {copied ? t('common.copied') : ''}
        </span>
      </div>
      {help && (
        <p className="help" id={`${id}-h`}>
          {help}
        </p>
      )}
    </div>
  )
}
