import type { ItemKind } from '@/lib/document/items/kinds'

/** Items in the slash menu: names in both languages, pinyin by syllables, and what people call them besides. */
export const itemEntries = [
  {
    id: 'factor',
    en: ['Factor', 'fact', 'claim', 'pest', 'assumption'],
    zh: ['因素', '事实', '假设'],
    pinyin: ['yin su', 'shi shi', 'jia she'],
    hint: 'F',
    icon: 'item',
  },
  {
    id: 'segment',
    en: ['Segment', 'customers', 'focus'],
    zh: ['客群', '客户'],
    pinyin: ['ke qun', 'ke hu'],
    hint: 'S',
    icon: 'segment',
  },
  {
    id: 'pain',
    en: ['Pain', 'need', 'problem'],
    zh: ['痛点', '难处'],
    pinyin: ['tong dian', 'nan chu'],
    hint: 'P',
    icon: 'ring',
  },
  { id: 'itch', en: ['Itch', 'wish'], zh: ['痒点'], pinyin: ['yang dian'], hint: 'I', icon: 'item' },
  { id: 'delight', en: ['Delight', 'nice'], zh: ['爽点'], pinyin: ['shuang dian'], hint: 'D', icon: 'item' },
  {
    id: 'gap',
    en: ['Gap', 'target', 'risk'],
    zh: ['落差', '差距', '风险'],
    pinyin: ['luo cha', 'cha ju', 'feng xian'],
    hint: 'G',
    icon: 'ring',
  },
  {
    id: 'positioning',
    en: ['Positioning', 'sentence', 'for whom'],
    zh: ['定位', '为谁'],
    pinyin: ['ding wei', 'wei shui'],
    icon: 'square',
  },
  {
    id: 'principle',
    en: ['Principle', 'rule'],
    zh: ['原则'],
    pinyin: ['yuan ze'],
    hint: 'R',
    icon: 'square',
  },
  {
    id: 'tradeoff',
    en: ['Trade-off', 'not do', 'price'],
    zh: ['取舍', '不做'],
    pinyin: ['qu she', 'bu zuo'],
    hint: 'T',
    icon: 'cross',
  },
  {
    id: 'intent',
    en: ['Department intent', 'intent', 'department'],
    zh: ['部门意图', '意图'],
    pinyin: ['bu men yi tu', 'yi tu'],
    icon: 'diamond',
  },
  {
    id: 'handoff',
    en: ['Hand-off', 'pass on', 'handover'],
    zh: ['交接', '移交'],
    pinyin: ['jiao jie', 'yi jiao'],
    hint: 'H',
    icon: 'diamond',
  },
] as const satisfies readonly {
  readonly id: ItemKind
  readonly en: readonly string[]
  readonly zh: readonly string[]
  readonly pinyin: readonly string[]
  readonly hint?: string
  readonly icon: string
}[]
