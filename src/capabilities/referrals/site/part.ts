import type { Context } from 'hono'
import { isPlace, neighbourhood } from '#platform/auth/server/throttle.ts'
import { wrongText } from '#platform/contract/edge.ts'
import { readText } from '#platform/http/body.ts'
import { remoteOf } from '#platform/http/input.ts'
import { readPairs } from '#platform/http/pairs.ts'
import type { Services } from '#platform/http/services.ts'
import { Problem } from '#platform/problem/problem.ts'
import type { SitePart, View } from '../../../site/page.ts'
import { declineReasons } from '../contract.ts'
import { toldAnswers } from '../contract-link.ts'
import { endReasons, outcomes } from '../outcomes.ts'
import { linkRoute } from '../route.ts'
import { enter } from '../server/link/enter.ts'
import type { Shown } from '../server/link/standing.ts'
import { type Deed, takeStep } from '../server/link/step.ts'
import { ended, entrance, linkPage } from './pages.ts'

const names = ['k', 'n', 'v', 'do', 'declined', 'ended', 'outcome', 'words'] as const
type Posted = Partial<Record<(typeof names)[number], string>>
/** Far more than an answer may have, so that one that is too long comes back as it was typed. */
const largest = 400_000

/**
 * Reads a form by itself and not by a schema: words that cannot be taken are shown again with what is wrong, and nobody
 * has to write them twice.
 * @throws Problem too-large, malformed-body, invalid-input
 */
async function readForm(c: Context): Promise<Posted> {
  const form: Posted = {}
  for (const [name, value] of readPairs(await readText(c, largest), 'body')) {
    const key = names.find(one => one === name)
    if (!key || form[key] !== undefined || (key !== 'words' && wrongText(value)))
      throw new Problem('invalid-input', [{ field: 'body', code: 'wrong' }])
    // Line ends of a form are CR LF by the HTML standard.
    form[key] = value.replaceAll('\r\n', '\n')
  }
  return form
}

/** What was pressed: `start`, `end`, or `ask` and `give` with an answer behind a colon. */
function deedOf(form: Posted): Deed | undefined {
  const [what, about] = (form.do ?? '').split(':')
  if (what === 'start' || what === 'end') return { do: what }
  const answer = toldAnswers.find(one => one === about)
  if (!answer || (what !== 'ask' && what !== 'give')) return undefined
  return {
    do: what,
    given: {
      answer,
      declined: declineReasons.find(one => one === form.declined),
      ended: endReasons.find(one => one === form.ended),
      outcome: outcomes.find(one => one === form.outcome),
      words: form.words?.trim() ? form.words.trim() : undefined,
    },
  }
}

/** The letters and digits of a link; whatever else came with the address is not said again. */
const keyIn = (typed: string | undefined): string => (/^[0-9a-z]{1,64}$/.test(typed ?? '') ? typed! : '')

/**
 * Where an organisation without an account answers what it was asked: one address, a link and a code that was told apart from it,
 * every step a form post. The link alone opens nothing, and looks the same whether it is one or not.
 * @param wait how a try is slowed down; a test has no time to wait
 */
export const linkPart = (services: Services, wait?: (milliseconds: number) => Promise<void>): SitePart => ({
  route: linkRoute,
  show: (view, c) => entrance(view, keyIn(c.req.query('k'))),
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
      const typed = { key: form.k ?? '', code: form.n ?? '' }
      const opened = await enter(services, typed, isPlace(remote) ? neighbourhood(remote) : undefined, wait)
      return c.html(opened ? drawn(view, opened) : entrance(view, keyIn(form.k), true))
    }
    const deed = deedOf(form)
    const shown = deed && (await takeStep(services, form.v, deed))
    return c.html(shown ? drawn(view, shown) : ended(view))
  },
})
const drawn = (view: View, { page, field }: Shown) => linkPage(view, page, field)
