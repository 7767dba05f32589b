import { openPhone, type Phone } from '../offline/phone.ts'
import type { Secret } from '../offline/vault-keys.ts'
import type { Me } from '../session.ts'
import { copyOf } from './copy.ts'
import { bringDrafts } from './drafts.ts'
import { markOfPhone, phoneHere, tellPhone } from './here.ts'
import { registerApp, takeNewVersion } from './install.ts'
import { pocketOf } from './pocket.ts'
import { ports } from './ports.ts'
import { holdCopy, keepInStep, refresh, soon } from './sender.ts'
import { watchScreen } from './watch-screen.ts'

// The phone of this page: opened once, locked and unlocked, told to the pages through here.ts.

let opened: Promise<Phone> | undefined
export const thisPhone = (): Promise<Phone> => {
  opened ??= openPhone(ports())
  return opened
}

let watched = false
/** Opens what this browser keeps. A browser whose data were cleared is no phone any more. */
export async function begin(): Promise<void> {
  const phone = await thisPhone()
  if (!(await phone.device())) {
    // The browser threw it away: what had not been sent is lost, and that is said.
    tellPhone({ state: 'ended', why: 'evicted', barred: markOfPhone() !== 'over' })
    await renew()
    return
  }
  if (!watched) {
    watched = true
    watchScreen(phone, lookAgain)
    keepInStep(phone, lookAgain)
    // A full disk hinders tidying, and nothing else.
    await phone.outbox.tidy().catch(() => undefined)
    void registerApp()
  }
  await lookAgain()
  if (phoneHere().state === 'ended') await renew()
  soon()
}
/** Where no lock ever stands in between, a newer app takes over when the page is loaded: nothing is under way yet. */
const renew = (): Promise<unknown> => takeNewVersion().catch(() => false)

let looking: Promise<void> = Promise.resolve()
/** Brings what the pages know of the lock into step with the phone; one look at a time. */
export function lookAgain(): Promise<void> {
  looking = looking.catch(() => undefined).then(lookOnce)
  return looking
}

async function lookOnce(): Promise<void> {
  const phone = await thisPhone()
  const found = await phone.vault.state()
  const { state } = phoneHere()
  const closed = { pocket: undefined, owner: undefined, kind: found.kind }
  if (found.state === 'destroyed' || found.state === 'none') {
    holdCopy(undefined)
    if (state !== 'ended' && state !== 'aside') {
      const barred = found.reason !== 'asked' && markOfPhone() !== 'over'
      tellPhone({ ...closed, state: 'ended', why: found.reason, barred })
    }
  } else if (found.state === 'locked') {
    holdCopy(undefined)
    if (state !== 'locked' && state !== 'aside') tellPhone({ ...closed, state: 'locked' })
  } else if (state !== 'unlocked' && state !== 'aside') await opens(phone)
  await refresh(phone)
}

async function opens(phone: Phone): Promise<void> {
  const me = (await phone.rows.get<Me>('me', 'me'))?.value
  // Preparing it was cut off: nobody could ever open it to anything.
  if (!me) return phone.vault.destroy('asked')
  const copy = copyOf(phone, me)
  const drafts = await phone.rows.list<unknown>('draft')
  const device = (await phone.device())?.id
  // Locked meanwhile, by hand or in another tab, or somebody else came.
  if ((await phone.vault.state()).state !== 'unlocked' || phoneHere().state === 'aside') return
  holdCopy(copy)
  bringDrafts(new Map(drafts.map(one => [one.id, one.value])))
  tellPhone({
    state: 'unlocked',
    device,
    owner: { account: me.account, assignment: me.current?.assignment },
    pocket: pocketOf(phone, copy),
    signedOut: false,
  })
  soon('pull')
}

/** @throws VaultError wrong (with the tries that are left), clock, destroyed */
export async function unlock(secret: Secret): Promise<void> {
  const phone = await thisPhone()
  try {
    await phone.vault.unlock(secret)
  } finally {
    await lookAgain()
  }
}

export async function lock(): Promise<void> {
  const phone = await thisPhone()
  phone.vault.lock()
  await lookAgain()
}

/** Somebody else comes in on this browser, or its owner in another role: the phone locks and stays out of it. */
export async function stepAside(): Promise<void> {
  tellPhone({ state: 'aside', pocket: undefined, owner: undefined })
  holdCopy(undefined)
  ;(await thisPhone()).vault.lock()
}

/** Ends this phone at its owner's wish: the copy goes at once; what is finished is still sent. */
export async function putAway(): Promise<void> {
  await (await thisPhone()).vault.destroy('asked')
  await lookAgain()
}
