import { expect, it } from 'vitest'
import { initials } from './initials'
import { firstMissing, readForm } from './read-form'

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

it('finds what must be filled in and is not, in the order of the page', () => {
  const empty = { validity: { valueMissing: true } }
  const filled = { name: 'title', willValidate: true, validity: { valueMissing: false } }
  const off = { name: 'off', willValidate: false, ...empty }
  const second = { name: 'slug', willValidate: true, ...empty }
  expect(firstMissing([filled, off, { type: 'submit' }, second, { name: 'later', ...empty }])).toBe(second)
  expect(firstMissing([filled, off])).toBeNull()
})
