/** Errors whose message was written for the terminal. */
const SPEAKING = [
  'EmbeddedPostgresError',
  'DataDirTakenError',
  'DataDirError',
  'ConfigError',
  'PortTaken',
  'StepFailed',
]

/** What went wrong, for somebody who wants to run the app and not to read a stack. */
export function inOneSentence(error, databaseUrl = process.env.DATABASE_URL) {
  if (!(error instanceof Error)) return String(error)
  if (SPEAKING.includes(error.name) || SPEAKING.includes(error.constructor.name)) return error.message
  if (error.code === 'EADDRINUSE')
    return `Port ${error.port} is taken by another program; set PORT to a free one.`
  if (error.code === 'EACCES' && error.syscall === 'listen') {
    return `Port ${error.port} is reserved for the system; set PORT to one above 1023.`
  }
  return databaseTrouble(error, databaseUrl) ?? `Throughline could not start: ${error.stack ?? error.message}`
}

/** DATABASE_URL names a server that cannot be used. The password in it is never shown. */
function databaseTrouble(error, url) {
  if (!url || !URL.canParse(url)) return null
  const { host, username, pathname } = new URL(url)
  const server = `the server ${host} that DATABASE_URL names`
  const cause = error.cause instanceof Error ? error.cause : error
  const code = cause.code ?? cause.errors?.[0]?.code
  switch (code) {
    case 'ECONNREFUSED':
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'CONNECT_TIMEOUT':
      return `The database does not answer: ${server} is not reachable (${code}).`
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `The database cannot be found: there is no ${server} (${code}).`
    case '28P01':
    case '28000':
      return `The database refuses us: ${server} does not accept this password for the user ${username}.`
    case '3D000':
      return `The database is missing: ${server} has none called ${pathname.slice(1)}.`
    case '42501':
      return `The database refuses us: on ${server}, the user ${username} may not create tables (${cause.message}).`
    case '53300':
      return `The database is full: ${server} accepts no more connections.`
    default:
      return null
  }
}
