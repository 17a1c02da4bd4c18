import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { root } from './places.mjs'

// postgres 3.4.9 does not survive the end of a connection (porsager/postgres issues 1066, 1133, 1154, 1186, 1208, 1216; no
// release mends them yet). What is left to be written when a socket ends throws out of a timer and takes the process
// with it, or keeps the connection from ever writing again: every new attempt of it runs out of time. A transaction whose
// connection ended goes on in whatever the connection is used for next. So a database that is restarted could end
// the app, or leave pages that never answer. Mended here, in what was installed, until a release does.

const CLOSED = "Errors.connection('CONNECTION_CLOSED', options, socket)"

/** By file: what is there once, and what stands there afterwards. */
const MENDS = {
  'connection.js': [
    // Who asks a connection without a socket is told so.
    [
      "      return queryError(q, Errors.connection('CONNECTION_DESTROYED', options))\n",
      `      return queryError(q, Errors.connection('CONNECTION_DESTROYED', options))\n\n    if (socket === null)\n      return queryError(q, ${CLOSED})\n`,
    ],
    // Nothing is written where there is no socket.
    [
      '  function nextWrite(fn) {\n    const x = socket.write(chunk, fn)\n    nextWriteTimer !== null && clearImmediate(nextWriteTimer)\n    chunk = nextWriteTimer = null\n    return x\n',
      '  function nextWrite(fn) {\n    const x = socket !== null && socket.write(chunk, fn)\n    nextWriteTimer !== null && clearImmediate(nextWriteTimer)\n    chunk = nextWriteTimer = null\n    return x\n',
    ],
    // The next life of a connection begins with nothing of the last, whatever ended it: after a reset a rollback was still in
    // line, and the connection waited for its answer for ever.
    [
      "    clearImmediate(nextWriteTimer)\n    socket.removeListener('data', data)\n",
      "    clearImmediate(nextWriteTimer)\n    chunk = nextWriteTimer = errorResponse = null\n    connection.lives += 1\n    socket.removeListener('data', data)\n",
    ],
    [
      `    !hadError && (query || sent.length) && error(${CLOSED})\n`,
      `    ;(query || sent.length) && error(${CLOSED})\n    query = results = null\n    result = new Result()\n`,
    ],
    // Somebody who accepts and hangs up - a pooler, a server that is starting - is not asked again at once, for ever.
    [
      '    if (initial)\n      return reconnect()\n',
      "    if (initial) {\n      closedTime = performance.now()\n      delay = (typeof backoff === 'function' ? backoff(++options.shared.retries) : backoff) * 1000\n      return reconnect()\n    }\n",
    ],
    ['    count: 0,\n    id\n', '    count: 0,\n    lives: 0,\n    id\n'],
  ],
  'index.js': [
    // A transaction lives as long as its connection, and what still waits in it is told when that is over.
    [
      '      , connection\n      , prepare = null\n',
      '      , connection\n      , life\n      , prepare = null\n',
    ],
    [
      '        new Promise((_, reject) => connection.onclose = reject)\n',
      '        new Promise((_, reject) => connection.onclose = error => {\n          while (queries.length)\n            queries.shift().reject(error)\n          reject(error)\n        })\n',
    ],
    [
      '        q.catch(e => uncaughtError || (uncaughtError = e))\n        c.queue === full\n',
      "        q.catch(e => uncaughtError || (uncaughtError = e))\n        if (c.lives !== life)\n          return q.reject(Errors.connection('CONNECTION_CLOSED', options))\n        c.queue === full\n",
    ],
    [
      '      connection = c\n      move(c, reserved)\n',
      '      connection = c\n      life = c.lives\n      move(c, reserved)\n',
    ],
  ],
}

/** Mends what is installed; again: changes nothing. Throws when another version is installed. */
export function mendPostgres() {
  for (const kind of ['src', 'cjs/src'])
    for (const [name, mends] of Object.entries(MENDS)) {
      const file = path.join(root, 'node_modules', 'postgres', kind, name)
      const found = readFileSync(file, 'utf8')
      const mended = mends.reduce((text, [from, to]) => mend(text, from, to, file), found)
      if (mended === found) continue
      // In one step: another start may be reading it.
      writeFileSync(`${file}.mended`, mended)
      renameSync(`${file}.mended`, file)
    }
}

function mend(text, from, to, file) {
  if (text.includes(to)) return text
  if (text.split(from).length !== 2)
    throw new Error(
      `${path.relative(root, file)} is not of the version that lib/tools/house/mend-postgres.mjs mends`,
    )
  return text.replace(from, () => to)
}
