import { expect, test } from 'vitest'
import { readDay, readNumber, readPasted } from './pasted'

const TODAY = '2026-08-14'

test('numbers as either country writes them, with and without their unit', () => {
  const written: [string, number | null][] = [
    ['23', 23],
    ['-4.5', -4.5],
    ['−4,5', -4.5],
    ['1,234', 1234],
    ['1,234.5', 1234.5],
    ['1.234,5', 1234.5],
    ['1 234,5', 1234.5],
    ['1.234.567', 1234567],
    ['0,125', 0.125],
    ['23 %', 23],
    ['¥ 42.5', 42.5],
    ['１２．５％', 12.5],
    ['42 百万元/年', 42],
    ['', null],
    ['n/a', null],
    ['1,23,4', null],
    ['12,34.5', null],
    ['1e5', null],
    ['=1+1', null],
    ['Infinity', null],
  ]
  for (const [text, value] of written) expect(readNumber(text), text).toBe(value)
})

test('days as sheets write them; where day and month could change places nothing is guessed', () => {
  const written: [string, string | null][] = [
    ['2026-08-14', '2026-08-14'],
    ['2026/8/4', '2026-08-04'],
    ['2026年8月4日', '2026-08-04'],
    ['2026-08-14T10:30:00Z', '2026-08-14'],
    ['14.8.2026', '2026-08-14'],
    ['14/08/2026', '2026-08-14'],
    ['08/14/2026', '2026-08-14'],
    ['07/08/2026', 'unclear'],
    ['8/8/2026', '2026-08-08'],
    ['2026-02-30', null],
    ['99999-01-01', null],
    ['yesterday', null],
  ]
  for (const [text, day] of written) expect(readDay(text), text).toBe(day)
})

test('a paste says line by line what it is and what is wrong', () => {
  const lines = readPasted(
    [
      'Day\tValue\tNote',
      '2026-08-02\t31,5\tafter the move',
      '',
      '2026-08-09\t',
      '2026-08-09\tmany',
      '07/08/2026\t3',
      '2027-01-01\t3',
      'soon\t3',
      '2026-08-02\t32\t"said ""twice"""',
    ].join('\r\n'),
    TODAY,
  )
  expect(lines.map((one) => [one.line, one.state === 'wrong' ? one.why : one.state])).toEqual([
    [1, 'head'],
    [2, 'reading'],
    [4, 'value_missing'],
    [5, 'value'],
    [6, 'day_unclear'],
    [7, 'day_future'],
    [8, 'day'],
    [9, 'reading'],
  ])
  expect(lines.filter((one) => one.state === 'reading')).toEqual([
    { line: 2, state: 'reading', on: '2026-08-02', value: 31.5, note: 'after the move', again: true },
    { line: 9, state: 'reading', on: '2026-08-02', value: 32, note: 'said "twice"', again: false },
  ])
})

test('commas separate cells where there is nothing else, and a note may hold one', () => {
  expect(readPasted('2026-08-02,31.5,moved, then measured', TODAY)).toMatchObject([
    { state: 'reading', value: 31.5, note: 'moved, then measured' },
  ])
  expect(readPasted('2026-08-02;31,5;moved, then measured', TODAY)).toMatchObject([
    { state: 'reading', value: 31.5, note: 'moved, then measured' },
  ])
  expect(readPasted(`2026-08-02,31,${'x'.repeat(501)}`, TODAY)).toMatchObject([{ why: 'note_long' }])
})
