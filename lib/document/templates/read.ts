import type { Language } from '@/lib/domain/language'
import type { TemplateId } from '../templates'
import { text as restaurantEn } from './restaurant-saas.en'
import { text as restaurantZh } from './restaurant-saas.zh'
import { text as tourismEn } from './smart-tourism.en'
import { text as tourismZh } from './smart-tourism.zh'

const TEXTS: Readonly<Record<TemplateId, Readonly<Record<Language, string>>>> = {
  'restaurant-saas': { en: restaurantEn, zh: restaurantZh },
  'smart-tourism': { en: tourismEn, zh: tourismZh },
}

/** The Markdown of a template. 55 kB of text: for the server, not for a page. */
export function readTemplate(id: TemplateId, language: Language): string {
  return TEXTS[id][language]
}
