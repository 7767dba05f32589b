import type { Config } from '../../../config/config.ts'
import { hashToken } from '../../../crypto/hash.ts'
import { token } from '../../../crypto/random.ts'
import { invitationLink } from '../shapes.ts'

/** A link opens an account for three days. It is shown to whoever made it and handed over; nothing is sent by e-mail. */
export const linkHours = 72

/** A fresh link: what is shown this once, and the hash that is kept. */
export function makeLink(config: Config, id: string, now: Date) {
  const secret = token()
  const expiresAt = new Date(now.getTime() + linkHours * 3_600_000).toISOString()
  return {
    hash: hashToken(secret),
    shown: { id, token: secret, link: invitationLink(config.staffOrigin, secret), expiresAt },
  }
}
