'use client'
import { createContext, useContext } from 'react'

/** What a form around us knows: whether it is sending, and what was said no to. */
export interface FormState {
  readonly busy: boolean
  /** In the reader's words; `field` names the control it is about, or null for the whole form. */
  readonly refusal: { readonly field: string | null; readonly message: string } | null
}

export const FormContext = createContext<FormState>({ busy: false, refusal: null })

/** The refusal about one field of the form around, or null. */
export function useFormRefusal(name: string | undefined): string | null {
  const { refusal } = useContext(FormContext)
  return refusal && name !== undefined && refusal.field === name ? refusal.message : null
}

export function useFormBusy(): boolean {
  return useContext(FormContext).busy
}
