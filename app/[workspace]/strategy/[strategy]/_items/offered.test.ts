import { expect, test } from 'vitest'
import { newId } from '@/lib/kit/ids'
import type { UnaskedWords } from '@/lib/queries/unasked'
import { Offered } from './offered'

const one = newId('itm')
const two = newId('itm')
const said = (itemId: typeof one, now: string): UnaskedWords => ({
  serve: itemId,
  itemId,
  slot: null,
  was: 'No hands',
  now,
})
const serves = (moves: readonly { readonly spoken: { readonly serve: string } }[]) =>
  moves.map(({ spoken }) => spoken.serve)

test('whoever comes is offered all; what others type later is theirs, what was accepted here is not', () => {
  const offered = new Offered()
  expect(serves(offered.read([said(one, 'No time')]))).toEqual([one])
  expect(serves(offered.read([said(one, 'No time'), said(two, 'No money')]))).toEqual([one])
  offered.want([two])
  expect(serves(offered.read([said(one, 'No time'), said(two, 'No money')]))).toEqual([one, two])
})

test('what is settled is offered no more, though the server may not have heard yet', () => {
  const offered = new Offered()
  offered.read([said(one, 'No time')])
  expect(offered.was(one)).toBe('No hands')
  expect(offered.settle(one)).toEqual([])
  expect(offered.read([said(one, 'No time')])).toEqual([])
  expect(offered.read([])).toEqual([])
  expect(offered.was(one)).toBeNull()
})
