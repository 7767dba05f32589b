import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '#platform/config/root.ts'
import { sha256 } from '#platform/crypto/hash.ts'

export interface Asset {
  /** Carries the hash of the content, so that a copy kept for a year is never stale. */
  readonly path: string
  readonly type: string
  readonly body: string
}

const source = join(root, 'src')
const sheets = [
  ...['ui/tokens.css', 'ui/base.css', 'ui/kit.css', 'ui/blocks.css', 'ui/fields.css', 'ui/feedback.css'],
  ...['site/frame.css', 'site/pages.css', 'site/visit.css', 'site/find.css', 'site/print.css'],
]

const asset = (name: string, ending: string, type: string, body: string): Asset => ({
  path: `/${name}-${sha256(body).toString('hex').slice(0, 16)}.${ending}`,
  type,
  body,
})

/** All styles in one file: on a slow line one request is what counts. Read when the site is made. */
export function readStyles(): Asset {
  const css = sheets.map(file => readFileSync(join(source, file), 'utf8')).join('\n')
  return asset('page', 'css', 'text/css; charset=utf-8', css)
}

/** A plain grey disc: what a tab or a history shows of this site must say nothing. */
export const icon: Asset = asset(
  'page',
  'svg',
  'image/svg+xml',
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6" fill="#7d8a94"/></svg>',
)
