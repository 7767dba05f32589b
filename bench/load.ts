import pg from 'pg'
import { hashToken } from '#platform/crypto/hash.ts'
import type { KeyDecision, Keys } from '#platform/crypto/keys.ts'
import { token, uuidv7 } from '#platform/crypto/random.ts'
import { bit } from '#platform/policy/compartments.ts'
import { termsOf } from '../src/capabilities/cases/server/folder.ts'
import { sealAt } from '../src/capabilities/cases/server/sealed.ts'
import type { PersonKey } from '../tools/demonstration/people.ts'
import { accountId, assignmentId, organisationId } from '../tools/demonstration/people.ts'
import { type Columns, insertAll, withoutIndexes } from './fill.ts'
import { type InventedCase, inventCase } from './invented.ts'

/** A case that waits to be referred, with its consent and its officer. */
export interface Waiting {
  readonly case: string
  readonly consent: string
  readonly officer: number
}
export interface Loaded {
  /** Cases of the unit, all alike to a reader. */
  readonly held: readonly string[]
  readonly consents: ReadonlyMap<string, string>
  readonly waiting: readonly Waiting[]
  /** Session tokens: of each officer, and of the unit's intake. */
  readonly officers: readonly string[]
  readonly intake: string
}
export interface Volume {
  readonly held: number
  readonly waiting: number
  readonly officers: number
}
const unit = organisationId('counter-trafficking-unit')
const inspectorate = organisationId('labour-inspectorate')
export const shelter = organisationId('samaan-house')
const everything: KeyDecision = { effect: 'allow', permits: () => true }

const folder: Columns = {
  ...{ id: 'uuid', country: 'text', reference: 'text', status: 'text', identification: 'text', urgency: 'text' },
  ...{ child: 'boolean', sector: 'text', agency: 'uuid', holder: 'uuid', key_slot: 'bigint', made_by: 'uuid' },
  ...{ made_at: 'timestamptz', opened_at: 'timestamptz', due_at: 'timestamptz' },
}
const access: Columns = {
  ...{ principal: 'uuid', case_id: 'uuid', basis: 'text', basis_id: 'uuid', compartments: 'int', shared: 'int' },
}
const told = bit.ID | bit.SVC | bit.STA
const timeline: Columns = {
  ...{ id: 'uuid', case_id: 'uuid', at: 'timestamptz', event: 'text', account_id: 'uuid', organisation_id: 'uuid' },
  about: 'jsonb',
}
const record: Columns = {
  ...{ id: 'uuid', case_id: 'uuid', kind: 'text', text_version: 'text', language: 'text', interpreter: 'text' },
  ...{ explained_by: 'uuid', given_by: 'text', form: 'text', purposes: 'text[]', recipients: 'uuid[]' },
  ...{ compartments: 'int', said_at: 'timestamptz' },
}
const screening: Columns = {
  ...{ id: 'uuid', case_id: 'uuid', country: 'text', agency: 'uuid', by_account: 'uuid', instrument: 'text' },
  ...{ language: 'text', interpreter: 'text', place_safe: 'boolean', danger: 'boolean', child: 'boolean' },
  ...{ sector: 'text', signs: 'text[]', answers: 'jsonb', talk_further: 'boolean', worried: 'boolean' },
  ...{ limits_told: 'uuid', said_at: 'timestamptz' },
}
const referral: Columns = {
  ...{ id: 'uuid', case_id: 'uuid', country: 'text', kind: 'text', from_organisation: 'uuid', from_account: 'uuid' },
  ...{ to_organisation: 'uuid', urgency: 'text', status: 'text', consent_id: 'uuid', shared: 'int' },
  ...{ due_at: 'timestamptz', warn_at: 'timestamptz', sent_at: 'timestamptz', answered_at: 'timestamptz' },
}

/** Fills a migrated and seeded database as if the work had been done: cases of the unit, and cases that wait. */
export async function load(
  superUrl: string,
  keys: Keys,
  volume: Volume,
  also: (cases: readonly InventedCase[]) => Promise<void>,
): Promise<Loaded> {
  const client = new pg.Client({ connectionString: superUrl })
  await client.connect()
  try {
    // Rows are whole by construction: foreign keys are not looked up one by one.
    await client.query('set session_replication_role = replica; set synchronous_commit = off')
    const officers = await makeOfficers(client, volume.officers)
    const intake = await openSession(client, accountId('tobias'), assignmentId('tobias'), 'identification')
    const loaded = { held: [] as string[], consents: new Map<string, string>(), waiting: [] as Waiting[] }
    await withoutIndexes(client, 'cases.search_term', async () => {
      const total = volume.held + volume.waiting
      for (let from = 0; from < total; from += 5000) {
        const batch = Array.from({ length: Math.min(5000, total - from) }, (_, i) =>
          inventCase(from + i, from + i >= volume.held),
        )
        await fillBatch(client, keys, { batch, from, officers, loaded })
        await also(batch.filter(one => one.status !== 'new'))
      }
      await client.query(`select setval('cases.key_slot', $1)`, [total])
    })
    await client.query('vacuum (analyze)')
    return { ...loaded, officers: officers.map(one => one.token), intake }
  } finally {
    await client.end()
  }
}

interface Officer {
  readonly account: string
  readonly token: string
}
async function makeOfficers(client: pg.Client, count: number): Promise<Officer[]> {
  const made: Officer[] = []
  for (let i = 0; i < count; i++) {
    const account = uuidv7()
    const assignment = uuidv7()
    await client.query(`insert into auth.account (id, name, email, status) values ($1, $2, $3, 'active')`, [
      ...[account, `Officer ${i}`, `officer-${i}@santa-aurelia.example`],
    ])
    await client.query(
      `insert into auth.assignment (id, account_id, organisation_id, role, country) values ($1, $2, $3, 'officer', 'XSA')`,
      [assignment, account, inspectorate],
    )
    made.push({ account, token: await openSession(client, account, assignment, 'identification') })
  }
  return made
}

/** A signed-in session of a person of the demonstration country. */
export const sessionOf = (client: pg.Client, key: PersonKey, purpose: string): Promise<string> =>
  openSession(client, accountId(key), assignmentId(key), purpose)

async function openSession(client: pg.Client, account: string, assignment: string, purpose: string): Promise<string> {
  const secret = token()
  await client.query(
    `insert into auth.session (id, token_hash, account_id, assignment_id, purpose, strength, ends_at, device)
     values ($1, $2, $3, $4, $5, 2, now() + interval '12 hours', 'bench')`,
    [uuidv7(), hashToken(secret), account, assignment, purpose],
  )
  return secret
}

interface Batch {
  readonly batch: readonly InventedCase[]
  readonly from: number
  readonly officers: readonly Officer[]
  readonly loaded: { held: string[]; consents: Map<string, string>; waiting: Waiting[] }
}

async function fillBatch(client: pg.Client, keys: Keys, { batch, from, officers, loaded }: Batch): Promise<void> {
  type Row = (string | number | boolean | null | Buffer)[]
  const rows = { folder: [], access: [], timeline: [], record: [], screening: [], referral: [], identity: [], term: [] }
  const { folder: folders, access: accesses, ...rest } = rows as Record<keyof typeof rows, Row[]>
  for (const [i, one] of batch.entries()) {
    const slot = from + i
    const number = slot % officers.length
    const officer = officers[number]!.account
    const isHeld = one.status !== 'new'
    const limits = uuidv7()
    const consent = uuidv7()
    const { id, urgency, madeAt } = one
    folders.push([
      ...[id, 'XSA', one.reference, one.status, isHeld ? 'pending' : 'none', urgency, one.child, one.sector],
      ...[inspectorate, isHeld ? unit : null, slot, officer, madeAt, isHeld ? madeAt : null, isHeld ? madeAt : null],
    ])
    accesses.push([officer, id, 'own', id, told, told])
    if (isHeld) accesses.push([unit, id, 'holder', id, bit.ID | bit.STA, told])
    const events = isHeld
      ? ['screening.recorded', 'referral.sent', 'referral.accepted', 'case.opened']
      : ['screening.recorded']
    for (const event of events) rest.timeline.push([uuidv7(), id, madeAt, event, officer, inspectorate, '{}'])
    const how = ['es', 'none', officer, 'person', 'oral-certified']
    rest.record.push([limits, id, 'limits-told', 'limits-1', ...how, '{}', '{}', 0, madeAt])
    rest.record.push([
      ...[consent, id, 'given', 'sharing-1', ...how, '{identification,services}', `{${unit},${shelter}}`],
      ...[bit.ID | bit.SVC | bit.STA, madeAt],
    ])
    rest.screening.push([
      ...[
        uuidv7(),
        id,
        'XSA',
        inspectorate,
        officer,
        'labour-sign-card',
        'es',
        'none',
        true,
        false,
        one.child,
        one.sector,
      ],
      ...['{papers-with-other,kept-in}', '{"papers":"yes"}', true, true, limits, madeAt],
    ])
    if (isHeld && one.referred)
      rest.referral.push([
        ...[uuidv7(), id, 'XSA', 'identification', inspectorate, officer, unit, urgency, 'accepted', consent],
        ...[bit.ID | bit.STA, madeAt, madeAt, madeAt, madeAt],
      ])
    const identity = { givenName: one.givenName, familyName: one.familyName, age: 24, phone: one.phone }
    await keys.ensureSlot(slot)
    rest.identity.push([id, sealAt(keys.release(everything, id, slot, 'ID'), 'identity', id, JSON.stringify(identity))])
    for (const term of termsOf(keys, identity, '+999')) rest.term.push([term, id])
    if (isHeld) loaded.held.push(id)
    else loaded.waiting.push({ case: id, consent, officer: number })
    loaded.consents.set(id, consent)
  }
  await insertAll(client, 'cases.folder', folder, folders)
  await insertAll(client, 'policy.case_access', access, accesses)
  await insertAll(client, 'cases.timeline', timeline, rest.timeline)
  await insertAll(client, 'consent.record', record, rest.record)
  await insertAll(client, 'screening.screening', screening, rest.screening)
  await insertAll(client, 'referrals.referral', referral, rest.referral)
  await insertAll(client, 'cases.identity', { case_id: 'uuid', sealed: 'bytea' }, rest.identity)
  await insertAll(client, 'cases.search_term', { term: 'bytea', case_id: 'uuid' }, rest.term)
}
