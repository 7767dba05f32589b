import { sync } from '#platform/sync/contract.ts'
import { call } from '../api.ts'
import { fileTransportBy } from '../offline/files-over-http.ts'
import { isChange } from '../offline/forget.ts'
import { sourceBy, transportBy } from '../offline/over-http.ts'
import type { Phone } from '../offline/phone.ts'
import { allKept } from './all-kept.ts'
import type { Copy } from './copy.ts'
import { phoneHere, tellNews, tellPhone, type Waiting } from './here.ts'
import type { KeepAnswer } from './kept.ts'
import { ports } from './ports.ts'

// Sending what is finished and bringing the copy up to date: when something was finished, when signal comes back, and
// every so often.

const every = 60_000
/** Sooner while something waits: signal comes and goes. */
const often = 15_000
/** Answers about the country and its instruments change seldom. */
const keepEvery = 30 * 60_000

let phone: Phone | undefined
let copy: Copy | undefined
let look: () => Promise<void> = async () => {}
let running: Promise<void> | undefined
let wanted: 'send' | 'pull' | undefined
let keptAt = 0

/** Begins, for as long as this page lives. */
export function keepInStep(of: Phone, lookAgain: () => Promise<void>): void {
  phone = of
  look = lookAgain
  let last = 0
  setInterval(() => {
    const due = phoneHere().waiting.length > 0 || Date.now() - last >= every
    if (!due) return
    last = Date.now()
    soon()
  }, often)
  // Another tab, the worker without a page, or this one brought the copy up to date.
  ports().channel?.addEventListener('message', ({ data }) => isChange(data) && news())
  addEventListener('online', () => soon('pull'))
  addEventListener('offline', () => tellPhone({ reach: 'no' }))
}
/** The copy that is open, or none. */
export function holdCopy(opened: Copy | undefined): void {
  copy = opened
  keptAt = 0
}

/** Asks for a run; one is under way at most, and one more follows it at most. */
export function soon(what: 'send' | 'pull' = 'send'): void {
  wanted = wanted === 'pull' ? 'pull' : what
  if (running || !phone) return
  running = run(phone).finally(() => {
    running = undefined
    if (wanted) soon(wanted)
  })
}
/** Resolves when nothing is under way. */
export const settled = async (): Promise<void> => {
  while (running) await running
}

async function run(of: Phone): Promise<void> {
  const pull = wanted === 'pull'
  wanted = undefined
  tellPhone({ busy: true })
  try {
    const sent = await of.send(transportBy(fetch))
    const moved = sent.done + sent.refused + sent.quarantined
    if (sent.outcome !== 'busy') tellPhone({ reach: sent.outcome === 'unreachable' ? 'no' : 'yes' })
    if (sent.outcome === 'unreachable') return
    bringFiles(of)
    const late = Date.now() - (phoneHere().pulledAt ?? 0) > 5 * every
    if (phoneHere().state === 'unlocked' && (pull || moved > 0 || late)) await bring(of)
    if (moved > 0) news()
  } catch {
    // A locked vault, a full disk, a closed database: what is finished is kept, and the next run tries again.
  } finally {
    tellPhone({ busy: false })
    await look().catch(() => undefined)
  }
}

/** Files go beside, so that a large one holds nothing up. */
function bringFiles(of: Phone): void {
  of.sendFiles(fileTransportBy(fetch))
    .then(({ done, refused }) => done + refused > 0 && news())
    .catch(() => undefined)
}

function news(): void {
  copy?.forget()
  tellNews()
}

async function bring(of: Phone): Promise<void> {
  const device = await of.device()
  if (!device) return
  const { outcome } = await of.pull(sourceBy(fetch, device.id))
  if (outcome !== 'current') return
  tellPhone({ pulledAt: Date.now(), signedOut: false })
  await endEarlier(of)
  if (copy && Date.now() - keptAt > keepEvery) {
    await keepAnswers(copy)
    keptAt = Date.now()
  }
}

const ended = new Set<string>()
/** What this browser was before it was prepared anew is ended once nothing that it signed waits any more. */
async function endEarlier(of: Phone): Promise<void> {
  for (const device of await of.earlier()) {
    if (ended.has(device)) continue
    ended.add(device)
    await call(sync.revoke, { params: { device } }).catch(() => undefined)
  }
}

/** Asks for everything that slices want to have without signal. */
export async function keepAnswers(into: Copy): Promise<void> {
  const get: KeepAnswer = async (operation, parts, stays) => {
    const before = stays && (await into.answer(operation, parts))
    if (before) return before
    const answer = await call(operation, parts)
    await into.keepAnswer(operation, parts, answer)
    return answer
  }
  for (const { keep } of allKept) await keep?.(get)
}

/** Tells the pages what waits; what each is, only while unlocked. */
export async function refresh(of: Phone): Promise<void> {
  const items = (await of.outbox.list()).filter(one => one.state !== 'done' && one.state !== 'discarded')
  const waiting = await Promise.all(
    items.map(async (item): Promise<Waiting> => {
      const command =
        phoneHere().state === 'unlocked' ? await copy?.commandOf(item.id).catch(() => undefined) : undefined
      if (!command) return { item }
      const { operation, group, body } = command
      const record = (body as { id?: string } | null)?.id
      return { item, operation, group, ...(record === undefined ? {} : { record }) }
    }),
  )
  // Pages are drawn again only where something is different.
  if (JSON.stringify(waiting) !== JSON.stringify(phoneHere().waiting)) tellPhone({ waiting })
}

/** The same, after a person changed something in the outbox. */
export const refreshNow = async (): Promise<void> => {
  if (phone) await refresh(phone)
}
