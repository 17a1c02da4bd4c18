import { describe, expect, it } from 'vitest'
import en from '@/lib/i18n/messages/en/shell.json'
import zh from '@/lib/i18n/messages/zh/shell.json'
import { rank } from './matching'

describe('rank', () => {
  it('finds our own entries by pinyin and by initials', () => {
    expect(rank('zhanl', zh.ui_strategy, zh.ui_kw_strategy)).toBeGreaterThan(0)
    expect(rank('zl', zh.ui_strategy, zh.ui_kw_strategy)).toBeGreaterThan(0)
    expect(rank('sy', zh.ui_home, zh.ui_kw_home)).toBeGreaterThan(0)
    expect(rank('tui chu', zh.ui_sign_out, zh.ui_kw_sign_out)).toBeGreaterThan(0)
    expect(rank('bm', zh.ui_departments, zh.ui_kw_departments)).toBeGreaterThan(0)
    expect(rank('zl', en.ui_strategy, en.ui_kw_strategy)).toBeGreaterThan(0)
    expect(rank('xyz', zh.ui_strategy, zh.ui_kw_strategy)).toBe(0)
  })
  it('finds Chinese words of two characters, also in the middle', () => {
    expect(rank('角色', '成员与角色')).toBeGreaterThan(0)
    expect(rank('知行', '沈知行')).toBeGreaterThan(0)
  })
  it('finds people by name, accent or not, and by initials', () => {
    expect(rank('tomas', 'Tomás Rivas')).toBeGreaterThan(0)
    expect(rank('riv', 'Tomás Rivas')).toBeGreaterThan(0)
    expect(rank('tr', 'Tomás Rivas')).toBeGreaterThan(0)
    expect(rank('zz', 'Tomás Rivas')).toBe(0)
  })
  it('puts beginnings before middles', () => {
    expect(rank('set', 'Settings')).toBeGreaterThan(rank('ting', 'Settings'))
    expect(rank('sign', 'Sign out')).toBeGreaterThan(rank('out', 'Sign out'))
    expect(rank('', 'Anything')).toBe(1)
  })
})
