import { withdrawOwn } from '#capabilities/consent/server/index.ts'
import type { Feedback } from '#capabilities/referrals/contract.ts'
import { wrongText } from '#platform/contract/edge.ts'
import { readable } from '#platform/contract/readable.ts'
import { derivedId, hashToken } from '#platform/crypto/hash.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { type Carried, carry, readCarried } from '#platform/http/carried.ts'
import { asNobody } from '#platform/http/nobody.ts'
import { asProblem } from '#platform/http/problems.ts'
import type { Services } from '#platform/http/services.ts'
import { decide, type Visitor } from '#platform/policy/decide.ts'
import { ownPolicy } from '../../policy.ts'
import { sealWords } from '../sealed.ts'
import * as store from '../store.ts'
import { told, untold } from './helps.ts'
import { type Page, questions, type Seeing, shownAfter, standingOf, visitorOf } from './standing.ts'
import { writeDown } from './within.ts'

/** What the person pressed. */
export type Deed =
  | { readonly do: 'start' | 'agreed' | 'questions' | 'helps' }
  | { readonly do: 'end' }
  | { readonly do: 'stop'; readonly consent: string }
  | { readonly do: 'withdraw'; readonly consent: string }
  | { readonly do: 'check'; readonly safe: 'yes' | 'unsure' | 'no' | null; readonly contact: boolean }
  | { readonly do: 'ask'; readonly text: string }
  | { readonly do: 'say'; readonly help: string }
  | { readonly do: 'untell'; readonly help: string }
  | { readonly do: 'tell'; readonly help: string; readonly said: Feedback; readonly text: string }

/** A page, and the field that the next step needs; none on a page that leads nowhere. */
export interface Shown {
  readonly shown: Page
  readonly field: string
}
const longest = 2000
/** Which rule a step asks, and which event it is. */
const steps = {
  start: ['read', 'visit.read'],
  agreed: ['read', 'visit.read'],
  stop: ['read', 'visit.read'],
  questions: ['read', 'visit.read'],
  withdraw: ['withdraw', 'visit.withdrawn'],
  check: ['check', 'visit.safety-checked'],
  ask: ['ask', 'visit.question-asked'],
  helps: ['read', 'visit.read'],
  say: ['read', 'visit.read'],
  tell: ['tell', 'visit.feedback-told'],
  untell: ['untell', 'visit.feedback-taken-back'],
} as const

/**
 * Takes one step of a visit: everything of it in one transaction, with the rule, the key's release, and the event.
 * @returns undefined when there is no such visit (any more), or nothing more of it: it all looks the same
 */
export async function takeStep(
  services: Services,
  field: string,
  deed: Deed,
  language: string,
): Promise<Shown | undefined> {
  const carried = readCarried(services.keys, 'visits', field)
  if (!carried) return undefined
  const hash = hashToken(carried.token)
  const now = services.now()
  // By itself, so that a step that fails is taken all the same.
  const next = await asNobody(services, tx => store.takeStep(tx, hash, carried.step))
  if (next === undefined) return undefined
  try {
    return await asNobody(services, async tx => {
      await store.enterAs(tx, hash)
      const own = await standingOf(tx)
      if (!own) return undefined
      if (deed.do === 'end') {
        await store.endVisit(tx)
        return undefined
      }
      const [rule, event] = steps[deed.do]
      const visitor: Visitor = visitorOf(own, uuidv7())
      const decision = decide(ownPolicy[rule], ['self'], visitor, own.facts, own.row.case_id, now)
      const seeing: Seeing = { tx, services, own, decision, now }
      // The second of two quick taps is the same step, and leaves nothing twice.
      const id = idOf(carried)
      const shown = await shownFor(seeing, deed, language, id)
      const basis = deed.do === 'withdraw' ? { basis: deed.consent } : {}
      await writeDown(tx, { verb: deed.do, event, case: own.row.case_id, decision, ...basis }, now)
      return { shown, field: carry(services.keys, 'visits', { token: carried.token, step: next }) }
    })
  } catch (error) {
    // A consent of somebody else, a question where nobody can answer: refused as what is not there.
    if (asProblem(error).code === 'not-found') return undefined
    throw error
  }
}

/** An id that a step gives to what it leaves. */
const idOf = ({ token, step }: Carried): string => derivedId(`step ${step} of ${token}`)

async function shownFor(
  seeing: Seeing,
  deed: Exclude<Deed, { do: 'end' }>,
  language: string,
  id: string,
): Promise<Page> {
  const { tx, own, now, services, decision } = seeing
  switch (deed.do) {
    case 'withdraw':
      await withdrawOwn(tx, {
        id,
        caseId: own.row.case_id,
        consent: deed.consent,
        language,
        explainedBy: own.row.explained_by,
        now,
      })
      return { page: 'stopped' }
    case 'check':
      if (deed.safe !== null || deed.contact) await store.check(tx, id, own.row.case_id, deed.safe, deed.contact)
      return { page: 'checked', safe: deed.safe, contact: deed.contact }
    case 'ask': {
      const before = await questions(seeing)
      const why = deed.text.trim() === '' ? 'required' : [...deed.text].length > longest ? 'too-long' : undefined
      if (why) return { ...before, again: { text: readable(deed.text), why } }
      if (wrongText(deed.text)) return { ...before, again: { text: readable(deed.text), why: 'signs' } }
      if (before.full) return before
      const key = services.keys.release(decision, own.row.case_id, own.row.slot, 'SVC')
      await store.ask(tx, id, own.row.case_id, sealWords(key, 'sealed', id, deed.text))
      return { ...(await questions(seeing)), asked: true }
    }
    case 'tell':
      return told(seeing, deed)
    case 'untell':
      return untold(seeing, deed.help)
    default:
      return shownAfter(seeing, deed)
  }
}
