import { wrongText } from '#platform/contract/edge.ts'
import { readable } from '#platform/contract/readable.ts'
import { hashToken } from '#platform/crypto/hash.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { carry, readCarried } from '#platform/http/carried.ts'
import { asNobody } from '#platform/http/nobody.ts'
import type { Services } from '#platform/http/services.ts'
import { slice } from './enter.ts'
import { decided, opening, type Page, type Seeing, type Shown, standingOf } from './standing.ts'
import { type Answer, answersIn, lacks, moveOf, stepOf } from './steps.ts'
import * as store from './store.ts'
import { writeDown } from './within.ts'

/** What was pressed: to look again, to be asked what an answer needs, to give it, or to leave. */
export type Deed =
  | { readonly do: 'start' }
  | { readonly do: 'end' }
  | { readonly do: 'ask'; readonly given: Answer }
  | { readonly do: 'give'; readonly given: Answer }

const longest = 2000
/** After these nothing more is shared, and the link is closed with it. */
const closing: readonly string[] = ['declined', 'done', 'ended']

/**
 * Takes one step of an open page: everything of it in one transaction, with the rule, the key's release, the move, the history
 * and the event.
 * @returns undefined when there is no such page (any more), or nothing more of it: it all looks the same
 */
export async function takeStep(services: Services, field: string, deed: Deed): Promise<Shown | undefined> {
  const { keys } = services
  const carried = readCarried(keys, slice, field)
  if (!carried) return undefined
  const hash = hashToken(carried.token)
  const now = services.now()
  // By itself, so that a step that fails is taken all the same.
  const next = await asNobody(services, tx => store.takeStep(tx, hash, carried.step))
  if (next === undefined) return undefined
  return asNobody(services, async tx => {
    await store.enterAs(tx, hash)
    const own = await standingOf(tx)
    if (!own) return undefined
    if (deed.do === 'end') {
      await store.endVisit(tx)
      return undefined
    }
    const page = await pageAfter({ tx, services, own, visit: uuidv7(), now }, deed)
    if (!page) return undefined
    return page.page === 'over'
      ? { page, field: '' }
      : { page, field: carry(keys, slice, { token: carried.token, step: next }) }
  })
}

async function pageAfter(seeing: Seeing, deed: Exclude<Deed, { do: 'end' }>): Promise<Page | undefined> {
  const { row } = seeing.own
  // What cannot be answered any more was answered a moment ago: it is shown as it stands.
  if (deed.do === 'start' || !answersIn(row.status as 'sent').includes(deed.given.answer)) return looked(seeing)
  const { given } = deed
  if (deed.do === 'ask') return { page: 'answer', given }
  const wrong = wrongIn(given)
  if (wrong) return { page: 'answer', given: { ...given, words: readable(given.words ?? '') }, wrong }
  return give(seeing, given)
}

function wrongIn(given: Answer): { field: string; code: string } | undefined {
  const missing = lacks(given)
  if (missing) return { field: missing, code: 'required' }
  const { words = '' } = given
  if ([...words].length > longest) return { field: 'words', code: 'too-long' }
  return wrongText(words) ? { field: 'words', code: 'signs' } : undefined
}

async function looked(seeing: Seeing, given?: Answer): Promise<Page> {
  const { page, decision } = opening(seeing, given?.answer)
  const { tx, own, now } = seeing
  const about = { case: own.row.case_id, organisation: own.row.organisation, decision }
  await writeDown(tx, { ...about, verb: 'read', event: 'referral.link-read' }, now)
  return page
}

/** That the help ended is another event than that the link was taken back. */
const eventOf = ({ answer }: Answer): string => `referral.link-${answer === 'ended' ? 'ended-by-them' : answer}`

async function give(seeing: Seeing, given: Answer): Promise<Page | undefined> {
  const { tx, services, own, now } = seeing
  const { row } = own
  const decision = decided(seeing, 'answer')
  const step = stepOf(given, {
    referral: row.id,
    version: row.version,
    now,
    key: () => services.keys.release(decision, row.case_id, row.slot, 'STA'),
  })
  const touched = await store.stepByLink(tx, step)
  if (touched === -1) return { page: 'answer', given, wrong: { field: 'place', code: 'no-free-place' } }
  if (touched === 1) {
    const about = { case: row.case_id, organisation: row.organisation, decision }
    await writeDown(tx, { ...about, verb: moveOf(given.answer), event: eventOf(given) }, now)
  }
  if (touched === 1 && closing.includes(given.answer)) return { page: 'over', taken: given.answer }
  const after = await standingOf(tx)
  return after && looked({ ...seeing, own: after }, touched === 1 ? given : undefined)
}
