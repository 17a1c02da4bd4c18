'use client'
import { type ComponentProps, createContext, type ReactNode, useContext, useId } from 'react'
import { useFormRefusal } from './form-state'
import { swallowComposingEnter } from './keys'

interface FieldParts {
  readonly id: string
  readonly name: string | undefined
  readonly describedBy: string | undefined
  readonly invalid: boolean
}

const Parts = createContext<FieldParts | null>(null)

/**
 * A label above, the control, help below, and the error that says what to do. Inside a <SubmitForm> a refusal about
 * the field `name` shows here by itself.
 */
export function Field({
  label,
  name,
  help,
  error,
  aside,
  className,
  children,
}: {
  label: ReactNode
  name?: string
  help?: ReactNode
  /** Overrides what the form says about this field. */
  error?: string | null
  /** Beside the label, such as a link. */
  aside?: ReactNode
  className?: string
  /** One of Input, Select, Textarea, or anything that uses `useFieldControl`. */
  children: ReactNode
}) {
  const id = useId()
  const refusal = useFormRefusal(name)
  const said = error ?? refusal
  const describedBy = [said && `${id}-e`, help && `${id}-h`].filter(Boolean).join(' ') || undefined
  return (
    <div className={className ? `field ${className}` : 'field'} data-says="">
      <div className="lab">
        <label className="label" htmlFor={id}>
          {label}
        </label>
        {aside}
      </div>
      <Parts.Provider value={{ id, name, describedBy, invalid: Boolean(said) }}>{children}</Parts.Provider>
      {said && (
        <p className="error" id={`${id}-e`}>
          {said}
        </p>
      )}
      {help && (
        <p className="help" id={`${id}-h`}>
          {help}
        </p>
      )}
    </div>
  )
}

/** The attributes a control takes from the Field around it. */
export function useFieldControl() {
  const parts = useContext(Parts)
  if (!parts) return {}
  return {
    id: parts.id,
    ...(parts.name !== undefined && { name: parts.name }),
    'aria-describedby': parts.describedBy,
    'aria-invalid': parts.invalid || undefined,
  }
}

export function Input({ className, onKeyDown, ...rest }: ComponentProps<'input'>) {
  return (
    <input
      {...useFieldControl()}
      {...rest}
      onKeyDown={(event) => {
        if (!swallowComposingEnter(event)) onKeyDown?.(event)
      }}
      className={className ? `input ${className}` : 'input'}
    />
  )
}

export function Textarea({ className, rows = 3, ...rest }: ComponentProps<'textarea'>) {
  return (
    <textarea
      {...useFieldControl()}
      {...rest}
      rows={rows}
      className={className ? `input ${className}` : 'input'}
    />
  )
}

export function Select({ className, ...rest }: ComponentProps<'select'>) {
  return <select {...useFieldControl()} {...rest} className={className ? `input ${className}` : 'input'} />
}
