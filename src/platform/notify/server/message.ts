import { createTransport } from 'nodemailer'
import type { Config } from '../../config/config.ts'
import type { Words } from '../../words/words.ts'

type Mail = NonNullable<Config['mail']>
export interface Letter {
  /** Of the row in the outbox, so that a server that has it already can tell. */
  readonly id: string
  readonly to: string
  readonly words: Words
  /** Where people sign in. */
  readonly origin: string
  /** For somebody without an account: the page on which a code that they were told opens what waits. */
  readonly door?: string
  /** For them too: it still waits, behind the door that an earlier message named. */
  readonly again?: boolean
}
/** What became of one message: `later` is the server's affair or ours, `refused` is about the address. */
export type Outcome = { readonly kind: 'sent' } | { readonly kind: 'later' | 'refused'; readonly code: string }

const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

/** A connection to the mail server; nothing leaves it unencrypted but on this machine itself. */
export function mailer({ url, from }: Mail): { send: (letter: Letter) => Promise<Outcome>; close: () => void } {
  const domain = from.slice(from.lastIndexOf('@') + 1)
  const transport = createTransport({
    url,
    name: domain,
    requireTLS: !loopback.has(new URL(url).hostname),
    ignoreTLS: loopback.has(new URL(url).hostname),
    connectionTimeout: 5000,
    greetingTimeout: 5000,
    socketTimeout: 10_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    close: () => transport.close(),
    send: async ({ id, to, words, origin, door, again }) => {
      try {
        await transport.sendMail({
          from: { name: words.t('notify.mail.sender'), address: from },
          to: { name: '', address: to },
          subject: words.t('notify.mail.subject'),
          text: again
            ? words.t('notify.mail.again')
            : door
              ? words.t('notify.mail.door', { link: door })
              : words.t('notify.mail.text', { link: `${origin}/` }),
          messageId: `<${id}@${domain}>`,
          headers: { 'Auto-Submitted': 'auto-generated' },
          xMailer: false,
        })
        return { kind: 'sent' }
      } catch (error) {
        return outcomeOf(error as Failure)
      }
    },
  }
}

interface Failure {
  readonly responseCode?: number
  readonly code?: string
  readonly command?: string
}
/** A refusal for good is one of the recipient; whatever else is wrong may be right later. */
function outcomeOf({ responseCode, code, command }: Failure): Outcome {
  const refused = command === 'RCPT TO' && responseCode !== undefined && responseCode >= 500
  return { kind: refused ? 'refused' : 'later', code: String(responseCode ?? code ?? 'unknown').slice(0, 40) }
}
