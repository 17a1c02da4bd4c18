'use client'
import { useRouter } from 'next/navigation'
import { type ComponentProps, type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import type { Answer } from '@/app/_server/answer'
import { Button, type ButtonProps } from './button'
import { FormContext, useFormBusy } from './form-state'
import { swallowComposingEnter } from './keys'
import { type Control, firstMissing, readForm } from './read-form'
import { type Refused, useSubmit } from './use-submit'

/**
 * A form that calls a server action. It stays as typed whatever is answered; a refusal appears beside its field (which
 * takes the focus) or above the buttons; Enter that ends a composition never submits. A `required` field that is empty
 * is answered here, in the reader's language, in the same way.
 *
 * `values` are sent along with the fields (`{ workspace: slug }`). After success: `done` is called (client parents),
 * or the page goes to `goTo`, or - with neither - is read again from the server.
 */
export function SubmitForm<T>({
  action,
  values,
  done,
  goTo,
  clear = false,
  children,
  ...rest
}: Omit<ComponentProps<'form'>, 'action' | 'onSubmit' | 'noValidate'> & {
  /** Whatever it takes: what is read from the page is judged by the server's schema. */
  action: (input: never) => Promise<Answer<T>>
  values?: Readonly<Record<string, unknown>>
  done?: (value: T) => unknown
  goTo?: string
  /** Empties the fields after success. */
  clear?: boolean
  children: ReactNode
}) {
  const form = useRef<HTMLFormElement>(null)
  const mayReset = useRef(false)
  const router = useRouter()
  const finish = useCallback(
    (value: T) => {
      if (clear && form.current) {
        mayReset.current = true
        form.current.reset()
        mayReset.current = false
      }
      if (done) return done(value)
      if (goTo) router.push(goTo)
      router.refresh()
    },
    [clear, done, goTo, router],
  )
  const t = useWords()
  const { run, busy, refusal: answered } = useSubmit(action as (input: unknown) => Promise<Answer<T>>, finish)
  const [missing, setMissing] = useState<Refused | null>(null)
  const refusal = missing ?? answered

  useEffect(() => {
    if (!refusal || !form.current) return
    const named = refusal.field ? form.current.elements.namedItem(refusal.field) : null
    const control = named instanceof RadioNodeList ? named[0] : named
    if (control instanceof HTMLElement && !control.hidden) control.focus()
  }, [refusal])

  const elsewhere = refusal !== null && !hasField(form.current, refusal.field)
  const state = useMemo(() => ({ busy, refusal }), [busy, refusal])
  return (
    <form
      {...rest}
      ref={form}
      // As an action, a submit that comes before this page's script is kept by React and sent after it.
      action={async () => {
        if (!form.current) return
        const controls = form.current.elements as Iterable<Control>
        const empty = firstMissing(controls)
        // A new object each time: who asks again is brought to the field again.
        setMissing(
          empty && { code: 'required', message: t('common.field_required'), field: empty.name || null },
        )
        if (!empty) await run({ ...readForm(controls), ...values })
      }}
      // React empties a form after its action. What was typed is the person's; it stays.
      onReset={(event) => {
        if (!mayReset.current) event.preventDefault()
      }}
      onKeyDown={(event) => swallowComposingEnter(event)}
      noValidate
    >
      <FormContext.Provider value={state}>
        {children}
        <p className="error form-error" role="alert" hidden={!elsewhere}>
          {elsewhere ? refusal.message : ''}
        </p>
      </FormContext.Provider>
    </form>
  )
}

function hasField(form: HTMLFormElement | null, name: string | null): boolean {
  if (!form || name === null) return false
  const named = form.elements.namedItem(name)
  const control = named instanceof RadioNodeList ? named[0] : named
  // A refusal about a field that has no <Field> around it must not vanish.
  return control instanceof HTMLElement && control.closest('[data-says]') !== null
}

/** The button that sends the form around it; busy while the form is. */
export function Submit({ look = 'ink', ...rest }: ButtonProps) {
  return <Button {...rest} look={look} type="submit" busy={useFormBusy()} />
}
