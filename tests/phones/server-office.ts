import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { consent } from '#capabilities/consent/contract.ts'
import { referrals } from '#capabilities/referrals/contract.ts'
import { Refusal } from '#platform/contract/client.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { sync } from '#platform/sync/contract.ts'
import { explained } from '../harness/make.ts'
import type { Actor } from './actor.ts'
import type { Lane, Person } from './server-lane.ts'
import type { Stage } from './server-side.ts'
import { works } from './server-work.ts'

// What others do while the phones are out: devices and roles end, sight of a case ends, the unit answers, people withdraw.

export async function meanwhile(stage: Stage, actors: readonly Actor[]): Promise<void> {
  const { chance, lane, world, people, ledger, devices, hidden, did } = stage
  const actor = chance.pick(actors)!
  const { owner } = actor
  const { account } = people[owner]!
  const record = chance.pick(ledger.of(owner, works.record).filter(one => ledger.done.has(`${account} ${one.parcel}`)))
  if (chance.often(0.008) && actor.device && !actor.revoked && !actor.barred) {
    await lane.callAs(world, people[owner]!)(sync.revoke, { key: uuidv7(), params: { device: actor.device } })
    for (const one of devices) if (one.id === actor.device) one.ended = true
    actor.revoked = true
    did.devicesEnded!++
  }
  if (chance.often(0.008) && !actor.barred) {
    await lane.all('update auth.assignment set until = now() where id = $1', [people[owner]!.assignment])
    for (const one of actors) if (one.owner === owner) one.barred = true
    did.rolesEnded!++
  }
  if (chance.often(0.1) && actor.barred) await giveAgain(stage, actors, owner)
  if (chance.often(0.1) && record) await see(stage, owner, record.case, hidden.has(`${owner} ${record.case}`))
  if (chance.often(0.1)) await answer(stage, owner)
  if (chance.often(0.05) && !actor.barred) await withdraw(stage, owner)
  if (chance.often(0.08)) await forget(stage)
}
export async function giveAgain({ lane, people, did }: Stage, actors: readonly Actor[], owner: number): Promise<void> {
  await lane.all(`update auth.assignment set until = 'infinity' where id = $1`, [people[owner]!.assignment])
  for (const one of actors) if (one.owner === owner) one.barred = false
  did.rolesGivenAgain!++
}
async function see({ lane, people, hidden, did }: Stage, owner: number, caseId: string, may: boolean): Promise<void> {
  const changed = await lane.all(
    `update policy.case_access set until = case when $3 then 'infinity'::timestamptz else now() end
     where principal = $1 and case_id = $2 and basis = 'own' returning 1`,
    [people[owner]!.account, caseId, may],
  )
  if (changed.length === 0) return
  did[may ? 'shown' : 'hidden']!++
  if (may) hidden.delete(`${owner} ${caseId}`)
  else hidden.add(`${owner} ${caseId}`)
}
/** What was begun and left lying runs out, or the disk comes back from before it. */
async function forget({ lane, chance, people, did }: Stage): Promise<void> {
  const lost = chance.often(0.5)
  const begun = await lane.all<{ id: string }>(
    `select id from files.upload
     where account_id = any($1) and state in ('receiving', 'whole') and (received > 0 or not $2) order by id`,
    [people.map(one => one.account), lost],
  )
  const one = chance.pick(begun)
  if (!one) return
  if (lost) {
    const folder = join(lane.harness.services.config.dataFolder, 'uploads')
    for (const ending of ['part', 'age']) await rm(join(folder, `${one.id}.${ending}`), { force: true })
    lane.lost.add(one.id)
    did.filesLost!++
    return
  }
  await lane.all(`update files.upload set expires_at = now() - interval '1 second' where id = $1`, [one.id])
  await lane.sweep()
  did.filesRunOut!++
}
/** The unit answers a referral that this person sent. */
async function answer({ lane, world, chance, people, ledger, did }: Stage, owner: number): Promise<void> {
  const { account } = people[owner]!
  const sent = chance.pick(ledger.of(owner, works.refer).filter(one => ledger.done.has(`${account} ${one.parcel}`)))
  const accept = chance.often(0.5)
  if (!sent) return
  const [row] = await lane.all<{ version: number }>(
    `select version from referrals.referral where id = $1 and kind = 'identification' and status in ('sent', 'acknowledged')`,
    [sent.id],
  )
  if (!row) return
  const call = lane.callAs(world, await unitOf(lane))
  const parts = { key: uuidv7(), params: { referral: sent.id }, version: row.version, body: {} }
  await (accept ? call(referrals.accept, parts) : call(referrals.acknowledge, parts)).catch(refusal)
  did.answered!++
}
/** The person withdraws, and it is typed in at a desk. */
async function withdraw({ lane, world, chance, people, ledger, did }: Stage, owner: number): Promise<void> {
  const given = chance.pick(ledger.of(owner, works.consent))
  if (!given) return
  const body = { id: uuidv7(), ...explained('withdrawing-1'), saidAt: new Date(world.now).toISOString() }
  const params = { case: given.case, consent: given.id }
  const done = await lane
    .callAs(world, people[owner]!)(consent.withdraw, { key: uuidv7(), params, body })
    .catch(refusal)
  if (done) did.withdrawn!++
}
const refusal = (error: unknown): undefined => {
  if (!(error instanceof Refusal)) throw error
}

const units = new WeakMap<Lane, Promise<Person>>()
const unitOf = (lane: Lane): Promise<Person> => {
  const known = units.get(lane) ?? lane.person('intake', 'counter-trafficking-unit')
  units.set(lane, known)
  return known
}
const seconds = new WeakMap<Lane, Map<string, Promise<Person>>>()
/** A second person of the same organisation. */
function secondOf(lane: Lane, body: string): Promise<Person> {
  const all = seconds.get(lane) ?? new Map<string, Promise<Person>>()
  seconds.set(lane, all)
  const known = all.get(body) ?? lane.person('supervisor', body)
  all.set(body, known)
  return known
}

/** A second person looks at what was quarantined: most of it is done after all, or waits on with its reason. */
export async function release({ lane, world, chance, people, ledger, devices, did }: Stage): Promise<void> {
  for (const [owner, person] of people.entries()) {
    const mine = devices.filter(one => one.owner === owner).map(one => one.id)
    const waiting = await lane.all<{ id: string; device: string }>(
      `select id, device_id as device from sync.parcel where device_id = any($1) and state = 'quarantined'`,
      [mine],
    )
    const turn = new Map(ledger.works.map((one, at) => [one.parcel, at]))
    waiting.sort((a, b) => (turn.get(a.id) ?? 0) - (turn.get(b.id) ?? 0))
    for (const { id: parcel, device } of waiting) {
      const [releases, discards] = [chance.often(0.6), chance.often(0.1)]
      if (!releases && !discards) continue
      const call = lane.callAs(world, await secondOf(lane, person.body))
      const parts = { key: uuidv7(), params: { device, parcel } }
      const answered = await (releases ? call(sync.release, parts) : call(sync.discard, parts)).catch(refusal)
      if (answered?.state === 'done') did.released!++
    }
  }
}
