import { expect, it } from 'vitest'
import { initials } from './initials'
import { readForm } from './read-form'

const ticks = (name: string, value: string | null, checked: boolean) => ({
  name,
  type: 'checkbox',
  value: value ?? 'on',
  checked,
  getAttribute: () => value,
})

it('reads a form as actions take it', () => {
  expect(
    readForm([
      { name: 'title', type: 'text', value: ' As typed ' },
      { name: 'count', type: 'number', value: '12' },
      { name: 'none', type: 'number', value: '' },
      ticks('tell', null, true),
      ticks('quiet', null, false),
      ticks('who', 'a', true),
      ticks('who', 'b', false),
      ticks('who', 'c', true),
      ticks('nobody', 'a', false),
      { name: 'role', type: 'radio', value: 'owner', checked: false },
      { name: 'role', type: 'radio', value: 'viewer', checked: true },
      { name: 'off', type: 'text', value: 'x', disabled: true },
      { type: 'text', value: 'nameless' },
      { name: 'go', type: 'submit', value: 'Send' },
    ]),
  ).toEqual({
    title: ' As typed ',
    count: 12,
    none: null,
    tell: true,
    quiet: false,
    who: ['a', 'c'],
    nobody: [],
    role: 'viewer',
  })
})

it('writes initials as each script does', () => {
  expect(initials('Ines Okafor')).toBe('IO')
  expect(initials('Marcus')).toBe('M')
  expect(initials('沈知行')).toBe('沈')
  expect(initials('María de la Cruz')).toBe('MC')
  expect(initials('  ')).toBe('?')
})
