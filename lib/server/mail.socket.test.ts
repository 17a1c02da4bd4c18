import { Writable } from 'node:stream'
import pino from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type SmtpServer, smtpServer } from '@/lib/testing/smtp-server'
import { openMailer } from './mail'

let smtp: SmtpServer
let logged: string[] = []
const log = pino(
  { level: 'warn', base: null },
  new Writable({
    write(line, _, done) {
      logged.push(String(line))
      done()
    },
  }),
)
beforeEach(async () => {
  logged = []
  smtp = await smtpServer()
})
afterEach(() => smtp.close())

const mailer = (mailFrom?: string) =>
  openMailer({ smtpUrl: smtp.url, mailFrom, appUrl: 'https://plan.parstock.example' }, log)

/** The text of a letter as its reader sees it: quoted-printable and base64 undone. */
function text(lines: readonly string[]): string {
  const blank = lines.indexOf('')
  const encoding = lines
    .find((line) => /^content-transfer-encoding:/i.test(line))
    ?.split(':')[1]
    ?.trim()
  const body = lines.slice(blank + 1)
  if (encoding === 'base64') return Buffer.from(body.join(''), 'base64').toString('utf8')
  if (encoding !== 'quoted-printable') return body.join('\n')
  const joined = body.join('\n').replace(/=\n/g, '')
  const bytes = joined.replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}

test('a letter arrives at one address, whole, in both languages', async () => {
  const long = `https://plan.parstock.example/reset/${'a'.repeat(43)}`
  const words = `王小明，您好：\n\n${long}\n\n.a line that begins with a dot`
  expect(await mailer().send({ to: 'Wang@Parstock.Example', subject: '重设密码', text: words })).toBe(true)
  const [letter] = smtp.received
  expect(letter?.to).toEqual(['<wang@parstock.example>'])
  expect(letter?.from).toContain('<throughline@plan.parstock.example>')
  expect(text(letter?.lines ?? []).trimEnd()).toBe(words)
  const head = (letter?.lines ?? []).join('\n')
  expect(head).toMatch(/^From: Throughline <throughline@plan\.parstock\.example>$/m)
  expect(head).toMatch(/^To: wang@parstock\.example$/m)
  expect(head).toMatch(/^Auto-Submitted: auto-generated$/m)
  expect(logged).toEqual([])
})

test('MAIL_FROM is the sender', async () => {
  await mailer('Strategy <hello@parstock.example>').send({ to: 'a@b.example', subject: 's', text: 't' })
  expect(smtp.received[0]?.from).toContain('<hello@parstock.example>')
})

test.each([
  ['a list', 'a@evil.test,b@victim.test'],
  ['a quoted local part', '"e@evil.test"@victim.test'],
  ['a header inside', 'a@b.example\r\nBcc: c@evil.test'],
  ['a group', 'friends:a@evil.test;'],
  ['nothing', ''],
])('row 8, 9: nothing is sent to %s', async (_, to) => {
  expect(await mailer().send({ to, subject: 's', text: 't' })).toBe(false)
  expect(smtp.received).toEqual([])
  expect(logged).toHaveLength(1)
  expect(logged[0]).not.toContain('evil.test')
})

test('a subject cannot bring headers along', async () => {
  await mailer().send({ to: 'a@b.example', subject: 'Hello\r\nBcc: c@evil.test', text: 't' })
  expect(smtp.received[0]?.to).toEqual(['<a@b.example>'])
  expect(smtp.received[0]?.lines).toContain('Subject: Hello Bcc: c@evil.test')
})

test('a refused letter and a dead server are logged, never thrown', async () => {
  smtp.refuse('RCPT', '550 no such mailbox')
  const letter = { to: 'a@b.example', subject: 's', text: 'https://plan.parstock.example/reset/secret' }
  expect(await mailer().send(letter)).toBe(false)
  expect(logged).toHaveLength(1)
  expect(logged[0]).not.toContain('reset/secret')
  const dead = mailer()
  await smtp.close()
  expect(await dead.send(letter)).toBe(false)
  expect(logged).toHaveLength(2)
})

test('without SMTP a reset link is in the log at its default level, an invitation is not', async () => {
  const none = openMailer({ smtpUrl: undefined, mailFrom: undefined, appUrl: undefined }, log)
  expect(none.delivers).toBe(false)
  const text = 'Hello,\n\nhttp://localhost:3000/reset/abc\n\nBye'
  expect(await none.send({ to: 'a@b.example', subject: 'A new password', text, orLog: true })).toBe(false)
  expect(await none.send({ to: 'a@b.example', subject: 'Invitation', text })).toBe(false)
  expect(logged).toHaveLength(1)
  expect(JSON.parse(logged[0] ?? '')).toMatchObject({
    to: 'a@b.example',
    links: ['http://localhost:3000/reset/abc'],
  })
})
