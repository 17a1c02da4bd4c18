'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { action } from '@/app/_server/action'
import { withHasher } from '@/app/_server/auth'
import { keepSession } from '@/app/_server/session-cookie'
import { confirmEmail as confirm } from '@/lib/commands/confirm-email'
import { finishSignUp as finish } from '@/lib/commands/finish-sign-up'
import { requestReset as askReset } from '@/lib/commands/request-reset'
import { requestSignUp as askSignUp } from '@/lib/commands/request-sign-up'
import { resetPassword as reset } from '@/lib/commands/reset-password'
import { signIn as enter } from '@/lib/commands/sign-in'
import { signUp as enrol } from '@/lib/commands/sign-up'
import { Refusal } from '@/lib/domain/refusal'
import { ownPath } from '@/lib/kit/own-path'

// Longer than any of them may be: the rules themselves say how long, in words.
const email = z.string().max(2_000)
const password = z.string().max(2_000)
const name = z.string().max(2_000)
const next = z.string().max(2_000)
const token = z.string().max(100)

/** What nobody has filled in is not a try that failed. */
function needed(field: string, value: string): void {
  if (value === '') throw new Refusal('required', { field })
}

export const signIn = action('guest', z.strictObject({ email, password, next }), async (context, input) => {
  needed('email', input.email)
  needed('password', input.password)
  await keepSession(await enter(withHasher(context), input))
  redirect(ownPath(input.next))
})

export const signUp = action(
  'guest',
  z.strictObject({ name, email, password, next }),
  async (context, input) => {
    needed('name', input.name)
    needed('email', input.email)
    await keepSession(await enrol(withHasher(context), input))
    redirect(ownPath(input.next))
  },
)

export const requestSignUp = action('guest', z.strictObject({ email, next }), async (context, input) => {
  needed('email', input.email)
  await askSignUp(context, input)
  redirect('/sign-up?sent=1')
})

export const finishSignUp = action(
  'guest',
  // The address stands in the form for the browser's password manager; the link decides whose it is.
  z.strictObject({ token, name, email, password }),
  async (context, input) => {
    needed('name', input.name)
    const started = await finish(withHasher(context), input)
    await keepSession(started)
    redirect(started.next)
  },
)

export const confirmEmail = action('public', z.strictObject({ token }), async (context, input) => {
  await confirm(context, input)
  redirect('/account')
})

export const requestReset = action('public', z.strictObject({ email }), async (context, input) => {
  needed('email', input.email)
  await askReset(context, input)
  redirect('/reset?sent=1')
})

export const resetPassword = action(
  'public',
  z.strictObject({ token, email, password }),
  async (context, input) => {
    await keepSession(await reset(withHasher(context), input))
    redirect('/')
  },
)
