import pino, { type Logger } from 'pino'

export type Log = Logger

/** Lines of JSON on stderr, so that stdout stays the calm block of `npm start`. Never the words of a document. */
export function openLog(level: string): Log {
  return pino(
    {
      level,
      base: null,
      redact: ['password', 'token', '*.password', '*.token', 'headers.cookie', 'headers.authorization'],
    },
    pino.destination({ dest: 2, sync: true }),
  )
}
