import type { MiddlewareHandler } from 'hono'
import { Problem } from '../problem/problem.ts'

const policyText = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "font-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "object-src 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
]
export const staffPolicy = [...policyText, "require-trusted-types-for 'script'"].join('; ')
/** The public site runs no script at all. */
export const sitePolicy = policyText.filter(one => !/^(script|connect|worker|media)-src/.test(one)).join('; ')

/** Headers that every answer carries (`findable`: search engines may list the page); see the header table in the security reference (ASVS 3.4). */
export const headers =
  (contentPolicy: string, findable = false): MiddlewareHandler =>
  async (c, next) => {
    await next()
    const set = (name: string, value: string) => c.res.headers.set(name, value)
    // A file that is only to be saved says something stricter of its own.
    if (!c.res.headers.has('content-security-policy')) set('content-security-policy', contentPolicy)
    set('x-content-type-options', 'nosniff')
    set('referrer-policy', 'no-referrer')
    set('cross-origin-opener-policy', 'same-origin')
    set('cross-origin-resource-policy', 'same-origin')
    if (!findable) set('x-robots-tag', 'noindex')
    set('permissions-policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=()')
    if (!c.res.headers.has('cache-control')) set('cache-control', 'no-store')
  }

/**
 * Refuses changes that another site's page sends. Browsers always say where a change comes from; a client that says
 * nothing is no browser and carries no ambient cookie.
 * @throws Problem cross-site
 */
export function checkSameOrigin(request: Request, ours: string): void {
  const site = request.headers.get('sec-fetch-site')
  if (site && site !== 'same-origin' && site !== 'none') throw new Problem('cross-site')
  const origin = request.headers.get('origin')
  if (origin && origin !== ours) throw new Problem('cross-site')
}

/**
 * An answer that is no file is for the app's pages, never for the address bar: a phone that is locked shows nothing, and
 * this would go around it.
 * @throws Problem not-found
 */
export function checkAskedByPage(request: Request): void {
  if (request.headers.get('sec-fetch-mode') === 'navigate') throw new Problem('not-found')
}
