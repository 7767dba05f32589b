import { justice } from '#capabilities/justice/contract.ts'
import { attachedToLead, leadBody, orderBody, policeConsentBody } from '#capabilities/justice/make.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { asSealed } from '#platform/files/make.ts'
import { pdf } from '#platform/files/server/make.ts'
import { accountId, organisationId, type PersonKey } from '../../tools/demonstration/people.ts'
import type { Attempt } from './attempts.ts'
import type { Standing, Target, Verdict } from './oracle.ts'
import type { Parts, Stage } from './stage.ts'
import type { Person } from './world.ts'

// What a police body knows, and what it was given, said a second time. What an order opens once it is confirmed is in the
// slice's own specs: here each waits.

const police = organisationId('police')
const lead = leadBody().id
/** Another, about Vasco of the same body: for him there is none. */
const closed = leadBody().id
const barred = accountId('vasco')
const closedTo = () => [{ id: uuidv7(), account: barred, reason: 'suspect' as const }]
/** The order that waits in each case that the unit holds: Tobias wrote it down. */
const orderOf = new Map<string, string>()

/** A file of each. */
const fileOf = new Map<string, string>()
async function putFiles({ harness, personas }: Stage): Promise<void> {
  for (const one of [lead, closed])
    fileOf.set(one, await attachedToLead(harness, personas.get('petra')!, one, pdf(`paper of ${one}`)))
}

/** Leaves a lead with the police, and an order that waits in every case that the unit holds. */
export async function putJustice(stage: Stage): Promise<void> {
  await stage.personas.get('petra')!.call(justice.makeLead, { body: leadBody({ id: lead }) })
  await stage.personas.get('petra')!.call(justice.makeLead, { body: leadBody({ id: closed, closedTo: closedTo() }) })
  await putFiles(stage)
  for (const { id, holder } of stage.world.cases.values()) {
    if (holder === undefined) continue
    const body = orderBody(police, [accountId('petra')])
    await stage.personas.get('tobias')!.call(justice.recordOrder, { params: { case: id }, body })
    orderOf.set(id, body.id)
  }
}
/** The same as bare rows, and of every kind, for who looks at rows alone. */
export async function putJusticeRows(stage: Stage): Promise<void> {
  await stage.personas.get('petra')!.call(justice.makeLead, { body: leadBody({ id: lead }) })
  await stage.personas.get('petra')!.call(justice.makeLead, { body: leadBody({ id: closed, closedTo: closedTo() }) })
  await putFiles(stage)
  for (const one of [lead, closed]) {
    const params = { lead: one }
    await stage.personas
      .get('petra')!
      .call(justice.addLeadNote, { params, body: { id: uuidv7(), text: 'Seen twice.' } })
    const begun = { to: 'investigation', on: '2026-01-02' } as const
    await stage.personas.get('petra')!.call(justice.moveProceedings, { params, version: 1, body: begun })
  }
  const [petra, celeste] = [accountId('petra'), accountId('celeste')]
  for (const id of stage.world.cases.keys()) {
    const values = [uuidv7(), id, police, petra, celeste]
    await stage.truth.query(
      `insert into justice.court_order (id, country, case_id, key_slot, sealed, made_on, compartments, purposes,
         organisation_id, named, from_at, until_at, by_account)
       values ($1, 'XSA', $2, 0, '\\x00', current_date, 9, '{investigation}', $3, array[$4::uuid], now(), now() + interval '1 day', $5)`,
      values,
    )
    await stage.truth.query(
      `insert into justice.vital_interest (id, country, case_id, key_slot, reason, sealed, compartments, organisation_id,
         account_id, until_at, by_account)
       values ($1, 'XSA', $2, 0, 'other', '\\x00', 8, $3, $4, now() + interval '1 day', $5)`,
      values,
    )
    await stage.truth.query(
      `insert into consent.record (id, case_id, kind, text_version, language, interpreter, explained_by, given_by, form, purposes,
         recipients, named, compartments, expires_at, said_at, to_police)
       values ($1, $2, 'given', 'police-1', 'es', 'none', $5, 'person', 'written', '{prosecution}', array[$3::uuid], array[$4::uuid], 1,
         now() + interval '1 day', now(), true)`,
      values,
    )
    await stage.truth.query(
      `insert into justice.receipt (id, country, case_id, key_slot, reference, basis, basis_id, compartments, hash, account_id, organisation_id)
       values ($1, 'XSA', $2, 0, '00000-00000', 'consent', $1, 1, sha256('read'), $4, $3)`,
      values.slice(0, 4),
    )
  }
}

const roles = (...names: Person['role'][]) => names
const lists: Readonly<Record<string, readonly Person['role'][]>> = {
  'justice.listLeads': roles('investigator', 'prosecutor', 'supervisor'),
  'justice.makeLead': roles('investigator'),
  'justice.people': roles('investigator', 'intake', 'coordinator'),
  'justice.handed': roles('investigator', 'prosecutor'),
  'justice.receipts': roles('investigator', 'prosecutor'),
}
const onLead = new Set([
  'justice.readLead',
  'justice.changeLead',
  'justice.addLeadNote',
  'justice.attachToLead',
  'justice.readLeadFile',
  'justice.assignLead',
  'justice.moveLead',
  'justice.moveProceedings',
  'justice.shareLead',
  'justice.barFromLead',
])
/** Whether there is no such lead for somebody. */
export const isClosedTo = (person: Person, of: string | undefined) => of === closed && person.account === barred

/** Of what is not there, or opens nothing. */
const nobody = new Set([
  'justice.endLeadShare',
  'justice.endLeadBar',
  'justice.receive',
  'justice.readHanded',
  'justice.saveHanded',
  'justice.reviewInterest',
])
const place = (_: Person, it: Standing) => it.held || it.charge
const onCase: Readonly<Record<string, (person: Person, it: Standing) => boolean>> = {
  'justice.ofCase': place,
  'justice.recordOrder': ({ role }, it) => (it.held && role === 'intake') || it.charge,
  'justice.recordInterest': ({ role }, it) => (it.held && role === 'intake') || it.charge,
  // What somebody wants police to know is kept by who is in charge of them alone.
  'justice.recordConsent': (_, it) => it.charge,
  'justice.revokeOrder': (person, it) => place(person, it) && orderOf.has(it.one.id),
  // Nobody confirms what they wrote down.
  'justice.answerOrder': (person, it) =>
    place(person, it) && orderOf.has(it.one.id) && person.account !== accountId('tobias'),
}

/** Undefined: not an operation of this slice. */
export function ofJustice(
  person: Person,
  operation: string,
  it: Standing | undefined,
  target: Target,
): Verdict | undefined {
  if (operation in lists) return lists[operation]!.includes(person.role) ? 'allow' : 'deny'
  if (onLead.has(operation))
    return person.role === 'investigator' && person.organisation === police && !isClosedTo(person, target.thing)
      ? 'allow'
      : 'deny'
  if (nobody.has(operation)) return 'deny'
  if (operation in onCase) return it && onCase[operation]!(person, it) ? 'allow' : 'deny'
  return undefined
}

export const justiceLists = (by: PersonKey): Attempt[] =>
  (
    [
      ['justice.listLeads', { words: 'anchor' }],
      ['justice.people', {}],
      ['justice.handed', {}],
      ['justice.receipts', {}],
    ] as const
  ).map(([operation, query]) => ({ by, operation, about: '', parts: { query }, target: {} }))

/** Each made so that whoever may is told what is wrong with it, and nothing changes. */
export function onLeads(by: PersonKey): Attempt[] {
  const { id: _, ...written } = leadBody()
  const on =
    (id: string) =>
    (operation: string, parts: Omit<Parts, 'params'>, more: Record<string, string> = {}): Attempt => ({
      by,
      operation: `justice.${operation}`,
      about: id === lead ? 'a lead' : 'a lead about a colleague',
      parts: { params: { lead: id, ...more }, ...parts },
      target: { thing: id },
      missing: { params: { lead: uuidv7(), ...more }, ...parts },
    })
  const version = 999_999
  return [
    { by, operation: 'justice.makeLead', about: '', parts: { body: leadBody() }, target: {} },
    ...[lead, closed].flatMap(one => {
      const of = on(one)
      return [
        of('readLead', {}),
        of('changeLead', { body: written, version }),
        of('addLeadNote', { body: { id: uuidv7(), text: 'Seen again.' } }),
        // None ever comes.
        of('attachToLead', {
          body: { id: uuidv7(), file: asSealed(Buffer.from(uuidv7())).name, name: 'letter.pdf' },
        }),
        of('readLeadFile', {}, { file: fileOf.get(one) ?? uuidv7(), copy: 'original' }),
        of('assignLead', { body: { account: accountId('petra') }, version }),
        of('moveLead', { body: { to: 'in-work' }, version }),
        of('moveProceedings', { body: { to: 'investigation', on: '2026-01-02' }, version }),
        of('shareLead', { body: { id: uuidv7(), account: uuidv7(), source: false } }),
        of('endLeadShare', {}, { share: uuidv7() }),
        of('barFromLead', { body: { id: uuidv7(), account: uuidv7(), reason: 'other' } }),
        of('endLeadBar', {}, { bar: uuidv7() }),
      ]
    }),
  ]
}

export function justiceOnCase(by: PersonKey, name: string, id: string): Attempt[] {
  const none = uuidv7()
  const of = (operation: string, parts: Omit<Parts, 'params'>, more: Record<string, string> = {}): Attempt => ({
    by,
    operation: `justice.${operation}`,
    about: name,
    parts: { params: { case: id, ...more }, ...parts },
    target: { case: id },
    missing: { params: { case: none, ...more }, ...parts },
  })
  const handed = (operation: string, more: Record<string, string>, parts: Omit<Parts, 'params'>): Attempt => ({
    by,
    operation: `justice.${operation}`,
    about: name,
    parts: { params: { handed: orderOf.get(id) ?? none, ...more }, ...parts },
    target: {},
    missing: { params: { handed: none, ...more }, ...parts },
  })
  const order = { order: orderOf.get(id) ?? uuidv7() }
  const version = 999_999
  const stranger = uuidv7()
  const soon = new Date(Date.now() + 3_600_000).toISOString()
  const vital = { id: uuidv7(), reason: 'other', words: 'Nobody answers.', compartments: ['LOC'], until: soon }
  return [
    of('ofCase', {}),
    of('recordOrder', { body: orderBody(police, [stranger]) }),
    of('answerOrder', { body: { answer: 'confirmed' }, version }, order),
    of('revokeOrder', { body: {}, version }, order),
    of('recordInterest', { body: { ...vital, organisation: police, account: stranger } }),
    of('recordConsent', { body: policeConsentBody(police, [stranger]) }),
    of('reviewInterest', { body: { outcome: 'upheld' }, version }, { interest: uuidv7() }),
    handed('receive', {}, { body: { id: uuidv7() } }),
    handed('readHanded', { receipt: uuidv7() }, {}),
    handed('saveHanded', { receipt: uuidv7(), file: uuidv7() }, {}),
  ]
}
