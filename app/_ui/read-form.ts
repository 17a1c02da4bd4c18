/** As much of a form control as we read. */
export interface Control {
  readonly name?: string
  readonly type?: string
  readonly value?: string
  readonly checked?: boolean
  readonly disabled?: boolean
  readonly multiple?: boolean
  readonly selectedOptions?: Iterable<{ readonly value: string }>
  readonly validity?: { readonly valueMissing: boolean }
  readonly willValidate?: boolean
  getAttribute?(name: string): string | null
}

/**
 * The first control that is `required` and empty. The browser would say so itself, but in its own language, in a bubble
 * that is gone in five seconds and that no help is beside. All else that may be wrong the server says best.
 */
export function firstMissing<C extends Control>(controls: Iterable<C>): C | null {
  for (const control of controls) {
    // A control that is disabled or read-only asks nothing of anybody.
    if (control.willValidate !== false && control.validity?.valueMissing) return control
  }
  return null
}

/**
 * What a form holds, as actions take it: text as it stands, a lone tick as true or false, ticks that share a name (and
 * lists of many) as an array, a number as a number or null when empty. Radios give the chosen value.
 */
export function readForm(controls: Iterable<Control>): Record<string, unknown> {
  const read: Record<string, unknown> = {}
  for (const control of controls) {
    const { name, type, disabled } = control
    if (!name || disabled || type === 'submit' || type === 'button' || type === 'fieldset') continue
    const value = control.value ?? ''
    switch (type) {
      case 'checkbox': {
        const many = control.getAttribute?.('value') ?? null
        if (many === null) read[name] = control.checked === true
        else {
          const chosen = Array.isArray(read[name]) ? (read[name] as string[]) : []
          read[name] = control.checked ? [...chosen, many] : chosen
        }
        break
      }
      case 'radio':
        if (control.checked) read[name] = value
        break
      case 'number':
      case 'range':
        read[name] = value === '' ? null : Number(value)
        break
      case 'select-multiple':
        read[name] = [...(control.selectedOptions ?? [])].map((option) => option.value)
        break
      default:
        read[name] = value
    }
  }
  return read
}
