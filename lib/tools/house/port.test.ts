import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { choosePort } from './port.mjs'

const taken =
  (...ports: number[]) =>
  async (port: number) =>
    !ports.includes(port)

test('the default is 3000, and the next free one when that is taken, which is said', async () => {
  expect(await choosePort({}, taken())).toEqual({ number: 3000, note: null })
  const second = await choosePort({ PORT: '' }, taken(3000, 3001))
  expect(second.number).toBe(3002)
  expect(second.note).toBe('Port 3000 is taken, so this is 3002.')
})

test('a port that was asked for is taken or refused, never replaced', async () => {
  expect(await choosePort({ PORT: '8080' }, taken())).toEqual({ number: '8080', note: null })
  await expect(choosePort({ PORT: '8080' }, taken(8080))).rejects.toThrow(
    'Port 8080 is taken by another program; set PORT',
  )
})

test('0 asks the system, and nonsense is left to the configuration', async () => {
  expect((await choosePort({ PORT: '0' }, taken())).number).toBe('0')
  expect((await choosePort({ PORT: 'http' }, taken())).number).toBe('http')
})

test('when twenty ports are taken it says so', async () => {
  await expect(choosePort({}, async () => false)).rejects.toThrow('Port 3000 to 3019 is taken')
})

test('a port that really is taken is noticed', async () => {
  const server = createServer().listen(0)
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? String(address.port) : ''
  await expect(choosePort({ PORT: port })).rejects.toThrow(`Port ${port} is taken`)
  server.close()
  await once(server, 'close')
  expect((await choosePort({ PORT: port })).number).toBe(port)
})
