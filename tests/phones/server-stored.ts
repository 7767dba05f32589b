import { shelfOf } from '#capabilities/cases/server/attachments/shelf.ts'
import { openText } from '#platform/crypto/seal.ts'
import { openAbout } from '#platform/files/server/attached/sealed.ts'
import { type Compartment, compartmentsIn } from '#platform/policy/compartments.ts'
import type { Lane } from './server-lane.ts'
import { works } from './server-work.ts'

/** A piece of work as it stands in the database, opened, in the shape of the body and parameters that made it. */
export interface Stored {
  readonly operation: string
  readonly body: Readonly<Record<string, unknown>>
  /** How often it had the effects that are counted beside it. */
  readonly times: number
}

// biome-ignore lint/suspicious/noExplicitAny: rows of six tables, read as they are
type Row = any
const iso = (at: Date | null) => at?.toISOString()
export const anybody = { effect: 'allow', permits: () => true } as const

/** Everything that these accounts made, by its id. As superuser, and with the keys themselves. */
export async function storedOf(lane: Lane, accounts: readonly string[]): Promise<Map<string, Stored>> {
  const of = (text: string) => lane.all<Row>(text, [accounts])
  const open = (row: Row, compartment: Compartment, table: string, column: string, sealed: Buffer, id = row.id) =>
    openText(lane.harness.services.keys.release(anybody, row.case_id, row.key_slot, compartment), sealed, {
      table,
      column,
      compartment,
      row: id,
      version: 1,
    })
  const told = new Map<string, Row>(
    (await of('select * from consent.record where explained_by = any($1)')).map(one => [one.id, one]),
  )
  const explained = (row: Row) => ({
    textVersion: row.text_version,
    language: row.language,
    interpreter: row.interpreter,
    givenBy: row.given_by,
    ...(row.child_assent === null ? {} : { childAssent: row.child_assent }),
    form: row.form,
    saidAt: iso(row.said_at),
  })
  const limits = (id: string) => ({ limitsTold: { id, ...explained(told.get(id)) } })
  const found = new Map<string, Stored>()
  const keep = (operation: string, row: Row, body: Record<string, unknown>, times = 1) =>
    found.set(row.id, { operation, body: { id: row.id, ...body }, times })

  for (const row of await of(`select s.*, f.key_slot, f.urgency, i.sealed as identity,
      (select count(*) from consent.record r where r.case_id = s.case_id and r.id = s.limits_told) as times
      from screening.screening s join cases.folder f on f.id = s.case_id join cases.identity i on i.case_id = f.id
      where s.by_account = any($1)`))
    keep(
      works.record,
      row,
      {
        case: row.case_id,
        instrument: row.instrument,
        country: row.country,
        language: row.language,
        interpreter: row.interpreter,
        placeSafe: row.place_safe,
        danger: row.danger,
        child: row.child ? 'yes' : 'no',
        sector: row.sector,
        ...limits(row.limits_told),
        signs: row.signs,
        answers: row.answers,
        worried: row.worried,
        story: open(row, 'SVC', 'screening.screening', 'sealed_story', row.sealed_story),
        identity: JSON.parse(open(row, 'ID', 'cases.identity', 'sealed', row.identity, row.case_id)),
        urgency: row.urgency,
        saidAt: iso(row.said_at),
      },
      Number(row.times),
    )
  for (const row of [...told.values()].filter(one => one.kind === 'given'))
    keep(works.consent, row, {
      case: row.case_id,
      ...explained(row),
      purposes: row.purposes,
      recipients: row.recipients,
      compartments: compartmentsIn(row.compartments),
      withhold: row.withhold,
    })
  for (const row of await of(`select i.*, f.key_slot from screening.interview i join cases.folder f on f.id = i.case_id
      where i.by_account = any($1)`)) {
    const { answers, writtenBy } = JSON.parse(open(row, 'SVC', 'screening.interview', 'sealed', row.sealed))
    keep(works.interview, row, {
      case: row.case_id,
      instrument: row.instrument,
      version: row.instrument_version,
      language: row.language,
      interpreter: row.interpreter,
      interviewer: row.interviewer,
      ...limits(row.limits_told),
      answers,
      saidAt: iso(row.said_at),
      paper: { writtenAt: iso(row.written_at), writtenBy },
    })
  }
  for (const row of await of(`select o.*, f.key_slot from screening.override o join cases.folder f on f.id = o.case_id
      where o.by_account = any($1)`))
    keep(works.override, row, {
      interview: row.interview_id,
      finding: row.finding,
      holds: row.holds,
      reason: row.reason,
      why: open(row, 'SVC', 'screening.override', 'sealed_why', row.sealed_why),
    })
  // The timeline has a line for every sending, whatever its id: twice done would be two of them.
  for (const row of await of(`select r.*, f.key_slot,
      (select count(*) from cases.timeline t where t.case_id = r.case_id and t.event = 'referral.sent') as lines,
      (select count(*) from referrals.referral o where o.case_id = r.case_id) as sent
      from referrals.referral r join cases.folder f on f.id = r.case_id where r.from_account = any($1)`))
    keep(
      works.refer,
      row,
      {
        case: row.case_id,
        kind: row.kind,
        ...(row.service ? { service: row.service } : {}),
        to: row.to_organisation,
        urgency: row.urgency,
        consent: row.consent_id,
        share: compartmentsIn(row.shared),
        message: open(row, 'STA', 'referrals.referral', 'sealed_message', row.sealed_message),
      },
      1 + Number(row.lines) - Number(row.sent),
    )
  for (const row of await of(`select a.*, f.key_slot from cases.attachment a join cases.folder f on f.id = a.case_id
      where a.by_account = any($1)`)) {
    const { keys } = lane.harness.services
    const { name } = openAbout(
      shelfOf('SVC'),
      keys.release(anybody, row.case_id, row.key_slot, 'SVC'),
      row.id,
      row.sealed_about,
    )
    keep(works.attach, row, {
      case: row.case_id,
      file: row.sha256.toString('base64url'),
      name,
      purpose: row.purpose,
      compartment: row.compartment,
      takenAt: iso(row.taken_at),
      original: row.original,
    })
  }
  return found
}
