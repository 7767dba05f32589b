import type { Context } from 'hono'
import {
  type Feedback,
  type FeedbackQuestion,
  feedbackAnswers,
  feedbackQuestions,
} from '#capabilities/referrals/contract.ts'
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
  help?: string
  respect?: string
  explained?: string
  agreed?: string
  again?: string
}
const names: readonly string[] = [
  ...(['n', 'v', 'do', 'consent', 'safe', 'contact', 'text', 'help'] satisfies (keyof Posted)[]),
  ...(feedbackQuestions satisfies readonly (keyof Posted)[]),
]
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

/** Whatever is none of the answers says nothing. */
const saidIn = (form: Posted): Feedback => {
  const answer = (one: FeedbackQuestion) => feedbackAnswers.find(each => each === form[one]) ?? null
  return Object.fromEntries(feedbackQuestions.map(one => [one, answer(one)])) as Record<FeedbackQuestion, null>
}

function deedOf(form: Posted): Deed | undefined {
  switch (form.do) {
    case 'start':
    case 'agreed':
    case 'questions':
    case 'helps':
    case 'end':
      return { do: form.do }
    case 'stop':
    case 'withdraw':
      return form.consent && uuid.test(form.consent) ? { do: form.do, consent: form.consent } : undefined
    case 'check':
      return { do: 'check', safe: safeAnswers.find(one => one === form.safe) ?? null, contact: form.contact === 'yes' }
    case 'ask':
      return { do: 'ask', text: form.text ?? '' }
    case 'say':
    case 'untell':
      return form.help && uuid.test(form.help) ? { do: form.do, help: form.help } : undefined
    case 'tell':
      return form.help && uuid.test(form.help)
        ? { do: 'tell', help: form.help, said: saidIn(form), text: form.text ?? '' }
        : undefined
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
