import { once } from 'node:events'
import { createServer } from 'node:net'

const DEFAULT = 3000
const TRIED = 20

/** One sentence for whoever chose the port. */
export class PortTaken extends Error {
  constructor(port) {
    super(`Port ${port} is taken by another program; set PORT to a free one.`)
    this.name = 'PortTaken'
  }
}

/**
 * The port to listen on. One that was asked for is taken as it is, or refused; the default gives way to the
 * next free one, and `note` says so.
 */
export async function choosePort(env, isFree = canListen) {
  if (env.PORT) {
    const number = Number(env.PORT)
    // What is no port at all is the configuration's to refuse.
    if (Number.isInteger(number) && number > 0 && number < 65_536 && !(await isFree(number, env.HOST))) {
      throw new PortTaken(number)
    }
    return { number: env.PORT, note: null }
  }
  for (let number = DEFAULT; number < DEFAULT + TRIED; number++) {
    if (!(await isFree(number, env.HOST))) continue
    const note = number === DEFAULT ? null : `Port ${DEFAULT} is taken, so this is ${number}.`
    return { number, note }
  }
  throw new PortTaken(`${DEFAULT} to ${DEFAULT + TRIED - 1}`)
}

async function canListen(port, host) {
  const server = createServer()
  server.listen(port, host || undefined)
  try {
    await once(server, 'listening')
    await new Promise((resolve) => server.close(resolve))
    return true
  } catch (error) {
    // Another reason than a taken port is better told by the server itself.
    return error.code !== 'EADDRINUSE'
  }
}
