import type { Language } from '@/lib/domain/language'

/** The worked examples a new strategy may begin with. */
export const strategyTemplates = ['restaurant-saas', 'smart-tourism'] as const
export type TemplateId = (typeof strategyTemplates)[number]

export const BLANK = 'blank'
export type Blank = typeof BLANK

export interface Template {
  readonly id: TemplateId
  /** Message key of its name. */
  readonly name: `strategy.template_${TemplateId}`
  readonly languages: readonly Language[]
  /** Its positioning in one sentence, for the card it is chosen from. Equal to the sentence in its text. */
  readonly positioning: Readonly<Record<Language, string>>
}

/** Light enough for the browser; the texts themselves are behind `readTemplate`. */
export const templates: readonly Template[] = [
  {
    id: 'restaurant-saas',
    name: 'strategy.template_restaurant-saas',
    languages: ['en', 'zh'],
    positioning: {
      en: 'For restaurant chains with 10 to 300 similar stores, we solve stores that no longer grow through software, hardware and managed operations under one contract, paid in part by results.',
      zh: '我们通过一份合同打包、按效果收取部分费用的软件、硬件与代运营，为拥有 10 至 300 家同类门店的餐饮连锁解决老店不增长的问题。',
    },
  },
  {
    id: 'smart-tourism',
    name: 'strategy.template_smart-tourism',
    languages: ['en', 'zh'],
    positioning: {
      en: "For scenic areas with 0.5 to 3 million visits a year, we solve systems that do not agree and days that cannot be steered through one management system for operations, marketing, administration and service, run together with the area's own staff.",
      zh: '我们通过一套贯通运营、营销、管理、服务并与景区员工共同运行的管理系统，为年接待 50 万至 300 万人次的景区解决系统各说各话、高峰调度不动的问题。',
    },
  },
]
