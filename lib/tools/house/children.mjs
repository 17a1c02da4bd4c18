import { spawn } from 'node:child_process'

/** Thrown through whatever was going on when somebody asked for the end. */
export class Ended extends Error {}

/** A program of ours failed; `tail` is what it said last. */
export class StepFailed extends Error {
  constructor(title, tail) {
    super(`${title} failed:\n\n${tail}`)
    this.name = 'StepFailed'
  }
}

const running = new Set()
let over = false

/**
 * Runs a program to its end, quietly. In a process group of its own: Ctrl-C must reach us first, and ending
 * the program must end what it started, too.
 */
export function runQuietly(title, file, args, env = process.env) {
  if (over) throw new Ended()
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
    })
    let said = ''
    const keep = (chunk) => {
      said = (said + chunk).slice(-20_000)
    }
    child.stdout.setEncoding('utf8').on('data', keep)
    child.stderr.setEncoding('utf8').on('data', keep)
    running.add(child)
    child.once('error', (error) => {
      running.delete(child)
      reject(new StepFailed(title, error.message))
    })
    child.once('close', (code) => {
      running.delete(child)
      if (over) reject(new Ended())
      else if (code === 0) resolve(said)
      else reject(new StepFailed(title, said.trim().split('\n').slice(-40).join('\n')))
    })
  })
}

/** Ends what runs, and lets nothing new begin. */
export async function endChildren() {
  over = true
  await Promise.all([...running].map(end))
}

function end(child) {
  return new Promise((resolve) => {
    const force = setTimeout(() => kill(child, 'SIGKILL'), 4_000)
    child.once('close', () => {
      clearTimeout(force)
      resolve()
    })
    kill(child, 'SIGTERM')
  })
}

function kill(child, signal) {
  try {
    if (process.platform === 'win32') child.kill(signal)
    else process.kill(-child.pid, signal)
  } catch {
    // It was quicker.
  }
}
