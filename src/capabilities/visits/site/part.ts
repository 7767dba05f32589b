import type { Context } from 'hono'
import { isPlace, neighbourhood } from '#platform/auth/server/throttle.ts'
import { wrongText } from '#platform/contract/edge.ts'
import { readText } from '#platform/http/body.ts'
import { remoteOf } from '#platform/http/input.ts'
import { readPairs } from '#platform/http/pairs.ts'
import type { Services } from '#platform/http/services.ts'
import { Problem } from '#platform/problem/problem.ts'
import type { SitePart, View } from '../../../site/page.ts'
import { safeAnswers } from '../contract.ts'
import { visitRoute } from '../route.ts'
import { enter } from '../server/own/enter.ts'
import { type Deed, type Shown, takeStep } from '../server/own/step.ts'
import { ended, entrance, visitPage } from './pages.ts'

/** What a form of these pages sends. */
interface Posted {
  n?: string
  v?: string
  do?: string
  consent?: string
  safe?: string
  contact?: string
  text?: string
}
const names: readonly string[] = ['n', 'v', 'do', 'consent', 'safe', 'contact', 'text'] satisfies (keyof Posted)[]
/** Far more than a question may have, so that one that is too long comes back as it was typed. */
const largest = 400_000

/**
 * Reads a form by itself and not by a schema: a text that cannot be taken is shown again with what is wrong, and nobody who
 * wrote it has to write it twice.
 * @throws Problem too-large, malformed-body, invalid-input
 */
async function readForm(c: Context): Promise<Posted> {
  const form: Posted = {}
  for (const [name, value] of readPairs(await readText(c, largest), 'body')) {
    const key = name as keyof Posted
    if (!names.includes(name) || form[key] !== undefined || (name !== 'text' && wrongText(value)))
      throw new Problem('invalid-input', [{ field: 'body', code: 'wrong' }])
    // Line ends of a form are CR LF by the HTML standard.
    form[key] = value.replaceAll('\r\n', '\n')
  }
  return form
}
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

function deedOf(form: Posted): Deed | undefined {
  switch (form.do) {
    case 'start':
    case 'agreed':
    case 'questions':
    case 'end':
      return { do: form.do }
    case 'stop':
    case 'withdraw':
      return form.consent && uuid.test(form.consent) ? { do: form.do, consent: form.consent } : undefined
    case 'check':
      return { do: 'check', safe: safeAnswers.find(one => one === form.safe) ?? null, contact: form.contact === 'yes' }
    case 'ask':
      return { do: 'ask', text: form.text ?? '' }
    default:
      return undefined
  }
}

/**
 * The person's own view of their case: one address, every step a form post, nothing in an address, a cookie or a history.
 * @param wait how a try is slowed down; a test has no time to wait
 */
export const visitPart = (services: Services, wait?: (milliseconds: number) => Promise<void>): SitePart => ({
  route: visitRoute,
  door: { title: 'visit.door.title', text: 'visit.door.text' },
  show: view => entrance(view),
  take: async (c: Context, view: View) => {
    // Browsers say where a post comes from; another site's page has nothing to send here.
    const from = c.req.header('sec-fetch-site')
    if (from && from !== 'same-origin' && from !== 'none') return c.html(ended(view), 403)
    let form: Posted
    try {
      form = await readForm(c)
    } catch (error) {
      if (error instanceof Problem) return c.html(ended(view), error.status === 413 ? 413 : 400)
      throw error
    }
    if (form.v === undefined) {
      const remote = remoteOf(c, services.config.trustProxy)
      const opened = await enter(services, form.n ?? '', isPlace(remote) ? neighbourhood(remote) : undefined, wait)
      return c.html(opened ? drawn(view, opened) : entrance(view, true))
    }
    const deed = deedOf(form)
    const shown = deed && (await takeStep(services, form.v, deed, view.words.lang))
    return c.html(shown ? drawn(view, shown) : ended(view))
  },
})
const drawn = (view: View, { shown, field }: Shown) => visitPage(view, shown, field)
