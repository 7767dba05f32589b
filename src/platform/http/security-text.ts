import type { Hono } from 'hono'

/** Serves `/.well-known/security.txt` (RFC 9116) where somebody is named; its expiry moves with the day it is read. */
export function serveSecurityText(app: Hono, contact: string | undefined): void {
  if (!contact) return
  app.get('/.well-known/security.txt', c => {
    const expires = new Date(Date.now() + 90 * 86_400_000).toISOString()
    return c.text(`Contact: ${contact}\nExpires: ${expires}\nPreferred-Languages: en, es\n`)
  })
}
