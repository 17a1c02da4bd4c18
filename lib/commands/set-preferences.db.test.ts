import { afterAll, beforeAll, expect, it } from 'vitest'
import { must } from '@/lib/kit/assert'
import { type House, house } from '@/lib/testing/builders'
import { setPreferences } from './set-preferences'

let home: House
beforeAll(async () => {
  home = await house()
})
afterAll(() => home.close())

it('keeps what was wished and leaves the rest', async () => {
  const ines = await home.workspace()
  const read = async () => must(await home.store.read.users.find(ines.user.id), 'the user exists')
  await setPreferences(ines, { language: 'zh' })
  expect(await read()).toMatchObject({ locale: 'zh', theme: null })
  await setPreferences(ines, { theme: 'dark' })
  expect(await read()).toMatchObject({ locale: 'zh', theme: 'dark' })
  await setPreferences(ines, { theme: null })
  expect(await read()).toMatchObject({ locale: 'zh', theme: null })
  await setPreferences(ines, {})
  expect(await read()).toMatchObject({ locale: 'zh', theme: null })
})
