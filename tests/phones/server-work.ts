import { cases } from '#capabilities/cases/contract.ts'
import { consent } from '#capabilities/consent/contract.ts'
import { referrals } from '#capabilities/referrals/contract.ts'
import { screening } from '#capabilities/screening/contract.ts'
import { adultInterview } from '#capabilities/screening/instruments/interview.ts'
import { shortScreen } from '#capabilities/screening/instruments/short-screen.ts'
import type { Json } from '#platform/sync/parcel-format.ts'
import { identifier } from '../../src/staff/offline/bytes.ts'
import type { Finished, Item } from '../../src/staff/offline/outbox.ts'
import { organisationId } from '../../tools/demonstration/people.ts'
import { consentBody, explained, screeningBody } from '../harness/make.ts'
import type { Actor } from './actor.ts'
import { someFile } from './files.ts'
import type { Ledger } from './ledger.ts'
import type { Person } from './server-lane.ts'
import { planted } from './side.ts'

// What people do on their phones: the real commands that may wait for signal, each after those that it needs.

export const unit = organisationId('counter-trafficking-unit')
export const shelter = organisationId('samaan-house')
/** A time that has not come for anybody. */
const never = '2190-01-01T00:00:00.000Z'
export const works = {
  record: screening.record.id,
  consent: consent.give.id,
  interview: screening.interview.id,
  override: screening.override.id,
  refer: referrals.send.id,
  attach: cases.attach.id,
} as const

export class Desk {
  private readonly actor: Actor
  private readonly person: Person
  private readonly ledger: Ledger
  constructor(actor: Actor, person: Person, ledger: Ledger) {
    this.actor = actor
    this.person = person
    this.ledger = ledger
  }

  private id = () => identifier(this.actor.ports.crypto, this.actor.ports.now())
  private said = () => new Date(this.actor.ports.now()).toISOString()
  private bad = () => this.actor.chance.often(0.12)
  private words = (what: string) => `${planted} ${this.actor.n}-${this.actor.count++} ${what}`

  /** A whole journey on a case that begins here, or something more on one that this person has. */
  async work(): Promise<void> {
    const { chance, owner } = this.actor
    const old = chance.pick(this.ledger.of(owner, works.record))
    if (old && chance.often(0.1)) return this.draft(old.case)
    if (old && chance.often(0.09)) return this.attach(old.case)
    if (old && chance.often(0.55)) return this.more(old.case)
    const caseId = await this.record()
    if (chance.often(0.85)) await this.more(caseId, 'consent')
    if (chance.often(0.4)) await this.more(caseId, 'interview')
    if (chance.often(0.16)) return this.attach(caseId)
    if (chance.often(0.7)) await this.more(caseId, 'refer')
  }
  private async more(caseId: string, what = this.actor.chance.pick(['consent', 'interview', 'override', 'refer'])!) {
    if (what === 'consent') return this.consent(caseId)
    if (what === 'interview') return this.interview(caseId)
    return what === 'refer' ? this.refer(caseId) : this.override(caseId)
  }

  /** Begun and not finished, about a case that the phone shows. */
  private async draft(caseId: string): Promise<void> {
    const { rows } = this.actor.phone
    const shown = [...(await rows.names()).values()].some(one => one.pulled && one.group === caseId)
    if (shown) await rows.put({ kind: 'draft', id: this.id(), group: caseId, value: this.words('draft') })
  }

  private async record(): Promise<string> {
    const caseId = this.id()
    const body = screeningBody({
      id: this.id(),
      case: caseId,
      signs: [this.bad() ? 'no-such-sign' : 'papers-with-other'],
      limitsTold: { id: this.id(), ...explained('limits-1'), saidAt: this.said() },
      identity: { givenName: this.words('name'), age: 20 + this.actor.chance.below(40) },
      story: this.words('story'),
      saidAt: this.said(),
    })
    await this.add(works.record, caseId, {}, body, [])
    return caseId
  }
  private async consent(caseId: string): Promise<void> {
    const body = consentBody(this.person.organisation === unit ? [shelter] : [unit, shelter], {
      id: this.id(),
      saidAt: this.bad() ? never : this.said(),
    })
    await this.add(works.consent, caseId, { case: caseId }, body, [works.record])
  }
  private async interview(caseId: string): Promise<void> {
    const { form, answers } = instrumentOf(this.person)
    const body = {
      id: this.id(),
      instrument: form.id,
      version: form.version,
      language: 'es',
      interpreter: 'in-person',
      interviewer: 'woman',
      limitsTold: { id: this.id(), ...explained('limits-1'), saidAt: this.said() },
      answers: this.bad() ? { nowhere: 'yes' } : answers,
      saidAt: this.said(),
      paper: { writtenAt: this.said(), writtenBy: this.words('wrote') },
    }
    await this.add(works.interview, caseId, { case: caseId }, body, [works.record])
  }
  private async override(caseId: string): Promise<void> {
    const of = this.actor.chance.pick(this.ledger.of(this.actor.owner, works.interview, caseId))
    if (!of) return
    const body = {
      id: this.id(),
      finding: this.bad() ? 'no-such-finding' : instrumentOf(this.person).finding,
      holds: this.actor.chance.often(0.5),
      reason: 'seen-otherwise',
      why: this.words('why'),
    }
    await this.add(works.override, caseId, { interview: of.id }, body, [works.interview], of.parcel)
  }
  /** After everything that was said about the case, so that whoever gets it finds that there too. */
  private async refer(caseId: string): Promise<void> {
    const given = this.actor.chance.pick(this.ledger.of(this.actor.owner, works.consent, caseId))
    if (!given) return
    const service = this.person.organisation === unit || this.actor.chance.often(0.3)
    const body = {
      id: this.id(),
      case: caseId,
      kind: service ? 'service' : 'identification',
      ...(service ? { service: 'safe-accommodation' } : {}),
      to: service ? shelter : unit,
      urgency: 'urgent',
      consent: given.id,
      share: this.bad() ? ['ID', 'INV'] : ['ID', 'STA'],
      message: this.words('message'),
    }
    await this.add(works.refer, caseId, {}, body, [works.record, works.consent, works.interview])
  }

  /** What the person showed: the file goes its own way, and may be there before or after it is said what it is. */
  private async attach(caseId: string): Promise<void> {
    const file = await this.actor.pick(someFile(this.actor.chance, this.words('file'), 140_000), caseId)
    const body = {
      id: this.id(),
      file,
      name: this.words('contract.pdf'),
      purpose: 'document',
      compartment: 'SVC',
      takenAt: this.bad() ? never : this.said(),
      original: true,
    }
    await this.add(works.attach, caseId, { case: caseId }, body, [works.record])
  }

  /** Keeps it, after whatever of these kinds about this case still waits on this phone. */
  private async add(
    operation: string,
    caseId: string,
    params: Record<string, string>,
    body: object,
    kinds: string[],
    one?: string,
  ) {
    const { actor, ledger } = this
    const settled = ['done', 'quarantined', 'discarded']
    const open = new Set(
      (await actor.phone.outbox.list()).filter(item => !settled.includes(item.state)).map(item => item.id),
    )
    const about = ledger.works.filter(each => each.case === caseId && kinds.includes(each.operation))
    const after = about.map(each => each.parcel).filter(id => open.has(id) && (one === undefined || id === one))
    const parcel = this.id()
    const { id } = body as { id: string }
    ledger.works.push({ id, operation, case: caseId, owner: actor.owner, n: actor.n, parcel })
    await actor.add({
      operation,
      params,
      body: body as Json,
      key: parcel,
      assignment: this.person.assignment,
      purpose: 'identification',
      group: caseId,
      after,
    })
  }
}

/** What each role asks with, the same answers always, and a finding that its rules know. */
const instrumentOf = ({ role }: Person) =>
  role === 'officer'
    ? { form: shortScreen.form, answers: { papers: 'yes', contact: 'no', housing: 'yes' }, finding: 'talk-further' }
    : {
        form: adultInterview.form,
        answers: {
          before: { 'danger-now': 'no', 'place-safe': 'yes', 'adult-then': 'yes', ready: 'yes' },
          work: { worked: 'yes', 'exploited-hours': 'yes', 'exploited-low-pay': 'yes', 'exploited-conditions': 'yes' },
        },
        finding: 'exploitation',
      }

/**
 * What was refused, put right by somebody who reads what it says; undefined where that is not in their hands.
 * @param last nobody else will change anything any more: what was not in their hands never will be
 */
export function corrected(
  { actor, person, ledger, last }: { actor: Actor; person: Person; ledger: Ledger; last: boolean },
  work: Finished,
  { code, fields }: Item,
): Finished | undefined {
  const body = work.body as Record<string, Json>
  const now = new Date(actor.ports.now()).toISOString()
  // Another wording was done under its id: where both may stand, the second is a thing of its own.
  if (code === 'bad-key') {
    const old = ledger.works.find(one => one.id === body.id)
    if (!old || old.operation === works.record || actor.chance.often(0.4)) return undefined
    const id = identifier(actor.ports.crypto, actor.ports.now())
    const limitsTold = body.limitsTold as Record<string, Json> | undefined
    const limits = limitsTold
      ? { limitsTold: { ...limitsTold, id: identifier(actor.ports.crypto, actor.ports.now()) } }
      : {}
    ledger.works.push({ ...old, id, n: actor.n })
    return { ...work, body: { ...body, ...limits, id } }
  }
  const again = actor.chance.often(0.5) && !last
  if (code !== 'invalid-input') return again ? work : undefined
  const wrong = new Set(fields.map(one => one.field.split('.')[0]))
  if (fields.some(one => one.code === 'too-old') || (wrong.has('consent') && !again)) return undefined
  const right: Record<string, Json> = { ...body }
  const at = (moment: Json | undefined) => (String(moment) > now ? now : String(moment))
  if (wrong.has('signs')) right.signs = ['papers-with-other']
  if (wrong.has('answers')) right.answers = instrumentOf(person).answers
  if (wrong.has('finding')) right.finding = instrumentOf(person).finding
  if (wrong.has('share')) right.share = ['ID', 'STA']
  if (wrong.has('saidAt')) right.saidAt = at(body.saidAt)
  if (wrong.has('takenAt')) right.takenAt = at(body.takenAt)
  for (const [part, moment] of [
    ['limitsTold', 'saidAt'],
    ['paper', 'writtenAt'],
  ] as const) {
    const value = body[part] as Record<string, Json> | undefined
    if (wrong.has(part) && value) right[part] = { ...value, [moment]: at(value[moment]) }
  }
  return { ...work, body: right }
}
