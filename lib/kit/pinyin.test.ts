import { describe, expect, it } from 'vitest'
import { spell } from './pinyin'

const read = (text: string) =>
  spell(text)
    .map((syllable) => syllable.text)
    .join(' ')

describe('spell', () => {
  it.each([
    ['沈雨柏', 'shen yu bai'],
    ['裴昭宇', 'pei zhao yu'],
    ['客户成功', 'ke hu cheng gong'],
    ['漏损看清丢了多少', 'lou sun kan qing diu le duo shao'],
    ['啊', 'a'],
    ['坐', 'zuo'],
    ['地图', 'di tu'],
    ['旅女略', 'lv nv lve'],
    ['你好，世界', 'ni hao shi jie'],
  ])('reads %s', (text, pinyin) => expect(read(text)).toBe(pinyin))

  it('leaves everything else as it stands', () => {
    expect(read('CRM 系统 2.0')).toBe('crm xi tong 2 0')
    expect(read('A组')).toBe('a zu')
    expect(read('')).toBe('')
    expect(spell('Refresh it')).toEqual([
      { text: 'refresh', han: false },
      { text: 'it', han: false },
    ])
  })
})
