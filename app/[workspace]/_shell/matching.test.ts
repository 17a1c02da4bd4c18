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
  it('finds Chinese names by the initials of their pinyin', () => {
    const names = {
      沈知行: 'szx',
      陈薇: 'cw',
      罗景明: 'ljm',
      马云: 'my',
      欧阳修: 'oyx',
      裴朝玉: 'pcy',
      王伟: 'ww',
    }
    for (const [name, typed] of Object.entries(names)) {
      expect(rank(typed, name), name).toBe(3)
      expect(rank('xq', name), name).toBe(0)
    }
    expect(rank('zx', '沈知行')).toBe(2)
    // One letter begins too many of them.
    expect(rank('s', '沈知行')).toBe(0)
    expect(rank('cw', 'Clara Wu')).toBe(3)
  })
  it('puts beginnings before middles', () => {
    expect(rank('set', 'Settings')).toBeGreaterThan(rank('ting', 'Settings'))
    expect(rank('sign', 'Sign out')).toBeGreaterThan(rank('out', 'Sign out'))
    expect(rank('', 'Anything')).toBe(1)
  })
})
