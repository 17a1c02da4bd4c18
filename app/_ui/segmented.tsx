'use client'
import { type ReactNode, useId, useState } from 'react'

/** One of a few, all in sight. Radios underneath: the arrows choose, and a form around it sends `name`. */
export function Segmented<V extends string>({
  label,
  name,
  options,
  value,
  defaultValue,
  onChange,
  showLabel = false,
}: {
  label: string
  name?: string
  options: readonly { readonly value: V; readonly label: ReactNode; readonly lang?: string }[]
  /** Given: the parent decides. Absent: it keeps its own, from `defaultValue`. */
  value?: V
  defaultValue?: V
  onChange?: (value: V) => void
  showLabel?: boolean
}) {
  const id = useId()
  const [own, setOwn] = useState(defaultValue)
  const chosen = value ?? own
  return (
    <fieldset className="segmented">
      <legend className={showLabel ? 'label' : 'vh'}>{label}</legend>
      <div className="seg">
        {options.map((option) => (
          <label key={option.value} lang={option.lang} aria-current={chosen === option.value || undefined}>
            <input
              className="vh"
              type="radio"
              name={name ?? id}
              value={option.value}
              checked={chosen === option.value}
              onChange={() => {
                setOwn(option.value)
                onChange?.(option.value)
              }}
            />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
