import { createTransport } from 'nodemailer'
import type { Letter, Mailer } from '@/lib/commands/context'
import { parseEmail } from '@/lib/domain/email'
import type { Config } from './config'
import type { Log } from './log'

/** A mail server that takes longer has lost the letter anyway; nobody waits for it at a form. */
const PATIENCE = 15_000

/** The mailer for this configuration: over SMTP_URL, or one that can only write to the log. */
export function openMailer(config: Pick<Config, 'smtpUrl' | 'mailFrom' | 'appUrl'>, log: Log): Mailer {
  return config.smtpUrl ? smtpMailer(config.smtpUrl, sender(config), log) : logMailer(log)
}

function smtpMailer(url: string, from: string, log: Log): Mailer {
  const transport = createTransport(
    {
      url,
      connectionTimeout: PATIENCE,
      greetingTimeout: PATIENCE,
      socketTimeout: PATIENCE,
      // A letter is words. Nothing in it may make the server read a file or fetch an address.
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    { from },
  )
  return {
    delivers: true,
    async send(letter) {
      const address = parseEmail(letter.to)
      if (address === null) {
        log.error('a letter without a plain address was not sent')
        return false
      }
      try {
        await transport.sendMail({
          // As an object, so that no library reads the address a second time in its own way.
          to: { name: '', address },
          subject: letter.subject.replace(/\s+/gu, ' '),
          text: letter.text,
          // Answers from holiday assistants have nobody to read them.
          headers: { 'Auto-Submitted': 'auto-generated' },
        })
        return true
      } catch (error) {
        log.error({ err: error, subject: letter.subject }, 'a mail could not be sent')
        return false
      }
    },
  }
}

function logMailer(log: Log): Mailer {
  return {
    delivers: false,
    async send(letter) {
      // The one secret that may stand in the log, and at its default level: without mail, whoever runs
      // the server is the only one who can hand a reset link to its user.
      if (letter.orLog) {
        log.warn(
          { to: letter.to, links: links(letter) },
          `no SMTP_URL is set, so this was not mailed: ${letter.subject}`,
        )
      }
      return false
    },
  }
}

function links(letter: Letter): string[] {
  return letter.text.split('\n').filter((line) => /^https?:\/\//.test(line))
}

function sender(config: Pick<Config, 'mailFrom' | 'appUrl'>): string {
  if (config.mailFrom) return config.mailFrom
  const host = config.appUrl ? new URL(config.appUrl).hostname : 'localhost'
  return `Throughline <throughline@${host}>`
}
