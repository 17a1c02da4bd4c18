import { expect, test } from 'vitest'
import { words } from '@/lib/i18n/words'
import { newId } from '@/lib/kit/ids'
import { ruleOf } from './review-marks'

const mark = {
  itemId: newId('itm'),
  code: null,
  part: 'whom',
  lang: 'en' as const,
  cycle: '2026-Q2',
  reviewId: newId('rev'),
  decisionId: newId('dcn'),
}

test('the mark names the review, in the reader’s language, on the one part', () => {
  const rule = ruleOf(mark, words('en'))
  expect(rule).toContain(`.item[data-id="${mark.itemId}"] .part[data-name="whom"]:lang(en)::after`)
  expect(rule).toContain('content:"since the Q2 review"')
  expect(ruleOf({ ...mark, lang: null }, words('zh'))).toContain('content:"自第二季度复盘起"')
})

test('no words leave the string they stand in', () => {
  const rule = ruleOf(mark, ((): string => '</style><script>"x"') as never)
  expect(rule).not.toContain('<')
  expect(rule).not.toContain('script>"')
})
