import type { Labels } from '@/lib/document/diff/html'
import { type ItemField, itemFields, readDay } from '@/lib/document/items/kinds'
import type { Json } from '@/lib/document/json'
import { comma } from '@/lib/domain/comma'
import type { Language } from '@/lib/domain/language'
import { messages } from '@/lib/i18n/messages'
import { words } from '@/lib/i18n/words'
import type { LabelsOf } from '@/lib/queries/versions'
import { fieldDay } from './when'

/** With which beginning the words for the choices of a field are called. */
const choices: Partial<Record<ItemField, string>> = {
  area: 'area',
  confidence: 'confidence',
  focus: 'focus',
  severity: 'severity',
  frequency: 'frequency',
  gapKind: 'gap',
}

/** How a comparison calls kinds, parts, fields and their values. */
export function labelsIn(language: Language): LabelsOf {
  const t = words(language)
  const table: Readonly<Record<string, string>> = messages[language].items
  // A document may hold any word where one of ours is expected; then the word itself is shown.
  const said = (key: string, otherwise: string) =>
    Object.hasOwn(table, key) ? (table[key] ?? otherwise) : otherwise
  return (itemName): Labels => {
    function valueWords(name: string, value: Json): string {
      if (Array.isArray(value))
        return value
          .map((one) => (typeof one === 'string' ? (itemName(one) ?? one) : `${one}`))
          .join(comma(language, 'names'))
      const text = typeof value === 'string' ? value : JSON.stringify(value)
      if (name === 'kind') return said(`kind_${text}`, text)
      if (!Object.hasOwn(itemFields, name)) return text
      const field = name as ItemField
      if (itemFields[field].type === 'day') return readDay(text) ? fieldDay(language, text) : text
      if (itemFields[field].type === 'department') return said(`department_${text}`, text)
      const prefix = choices[field]
      return prefix ? said(`${prefix}_${text}`, text) : text
    }
    return {
      kind: (kind) => said(`kind_${kind}`, said('kind_unknown', `${kind ?? ''}`)),
      part: (name, lang) => {
        const label = said(`part_${name}`, `${name ?? ''}`)
        return lang === 'en' || lang === 'zh' ? `${label} · ${t(`versions.lang_${lang}`)}` : label
      },
      field: (name) => said(`field_${name}`, name),
      value: (name, value) => valueWords(name, value),
      form: ({ name, after }) => {
        if (name === 'node')
          return t('versions.became', {
            what: after === 'heading' ? 'heading' : after === 'codeBlock' ? 'code' : `${after}`,
          })
        if (name === 'checked') return t('versions.ticked', { done: after === true ? 'yes' : 'no' })
        if (name === 'level') return t('versions.level')
        return null
      },
      nothing: () => t('versions.nothing'),
    }
  }
}
