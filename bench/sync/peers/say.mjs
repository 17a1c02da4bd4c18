// What every server of this measure says and hears: where it listens, and when it is asked to collect its garbage, so
// that what is left is what it holds.
process.on('message', (word) => {
  if (word !== 'collect') return
  globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' })
  process.send?.({ collected: true })
})
// Nobody is left behind when the measure dies.
process.on('disconnect', () => process.exit(0))

/** @param {import('node:http').Server} server */
export function listen(server) {
  server.listen(0, '127.0.0.1', 1024, () => process.send?.({ port: server.address().port }))
}
