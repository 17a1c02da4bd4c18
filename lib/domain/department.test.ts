import { describe, expect, test } from 'vitest'
import type { Id } from '@/lib/kit/ids'
import { archive, type Department, departmentKinds, placeAfter, rename, usualChain } from './department'

function chain(): Department[] {
  return usualChain().map(({ kind, place }) => ({
    id: `dep_${kind}`,
    workspaceId: 'ws_1',
    kind,
    name: null,
    place,
    archivedAt: null,
  }))
}

const own: Department = { ...(chain()[0] as Department), id: 'dep_own', kind: null, name: 'Operations' }

/** Byte order, as SQL compares them. */
function order(departments: Department[], moved: Id<'dep'>, place: string): string[] {
  return departments
    .map((d) => (d.id === moved ? { ...d, place } : d))
    .sort((a, b) => Buffer.compare(Buffer.from(a.place), Buffer.from(b.place)))
    .map((d) => d.id.slice(4))
}

test('the usual chain is in the order of the method', () => {
  expect(usualChain().map((d) => d.kind)).toEqual([...departmentKinds])
  const places = usualChain().map((d) => d.place)
  expect([...places].sort()).toEqual(places)
  expect(new Set(places).size).toBe(5)
})

describe('names', () => {
  test('empty gives one of the five its usual name back', () => {
    const [product] = chain() as [Department]
    const named = rename(product, ' R & D ')
    expect(named.name).toBe('R & D')
    expect(rename(named, '  ').name).toBeNull()
  })

  test('an added department keeps a name', () => {
    expect(rename(own, '运营').name).toBe('运营')
    expect(() => rename(own, ' ')).toThrow('required')
    expect(() => rename(own, 'x'.repeat(41))).toThrow('too_long')
  })
})

describe('places', () => {
  test('to the front, to the end, in between, and back', () => {
    expect(order(chain(), 'dep_success', placeAfter(chain(), 'dep_success', null))[0]).toBe('success')
    expect(order(chain(), 'dep_product', placeAfter(chain(), 'dep_product', 'dep_organization'))).toEqual([
      'marketing',
      'sales',
      'success',
      'organization',
      'product',
    ])
    expect(order(chain(), 'dep_sales', placeAfter(chain(), 'dep_sales', 'dep_product'))).toEqual([
      'product',
      'sales',
      'marketing',
      'success',
      'organization',
    ])
  })

  test('after itself stays where it would be first of all, after a stranger is refused', () => {
    expect(() => placeAfter(chain(), 'dep_sales', 'dep_elsewhere')).toThrow('not_found')
    expect(() => placeAfter(chain(), 'dep_sales', 'dep_sales')).toThrow('not_found')
  })

  test('a hundred moves into the same gap never run out of keys', () => {
    let departments = chain()
    for (let i = 0; i < 100; i++) {
      const moved: Id<'dep'> = i % 2 ? 'dep_sales' : 'dep_success'
      const place = placeAfter(departments, moved, 'dep_product')
      departments = departments
        .map((d) => (d.id === moved ? { ...d, place } : d))
        .sort((a, b) => (a.place < b.place ? -1 : 1))
      expect(departments[1]?.id).toBe(moved)
    }
  })
})

test('the last department stays', () => {
  const at = new Date(0)
  const [product] = chain() as [Department]
  expect(archive(product, chain(), at).archivedAt).toBe(at)
  expect(() => archive(product, [product], at)).toThrow('department_in_use')
})
