import pg from 'pg'
import { openText } from '#platform/db/context.ts'
import { accountId, type PersonKey, people } from '../../tools/demonstration/people.ts'
import { reasonsFor, reasonsOf, stands } from './oracle.ts'
import { fenceOf } from './raw.ts'
import { clinic, type Stage, shelter, unit } from './stage.ts'

// Writes past the server: everything that a person could try with the application's own connection.

const all = people.map(one => one.key)
/** Hidden, refused, or against a constraint. */
const refused = new Set<string | number>([0, '42501', '42P01', '23514', '23505'])

/** Raw statements by the people of one stage. */
export interface Writes {
  readonly stage: Stage
  readonly named: ReadonlyMap<string, string>
  /** Runs one raw statement as a person; answers the error's class, or how many rows it touched. Never commits. */
  readonly tried: (by: PersonKey, text: string, values?: unknown[]) => Promise<string | number>
  /** The same, and commits what was not refused. */
  readonly done: (by: PersonKey, text: string, values: unknown[]) => Promise<void>
  /** Who of these people does it, though nobody may. */
  readonly nobody: (
    what: string,
    text: string,
    values?: (by: PersonKey) => unknown[],
    who?: readonly PersonKey[],
  ) => Promise<string[]>
  /** Who has no reason of their own to know of a case. */
  readonly strangers: (id: string) => PersonKey[]
  /** Whom a case was only shared with. */
  readonly mereRecipients: (id: string) => PersonKey[]
  /** The connection itself, as nobody. */
  readonly app: pg.Client
}
export async function openWrites(stage: Stage, named: ReadonlyMap<string, string>): Promise<Writes> {
  const app = new pg.Client({ connectionString: stage.harness.database.url('app') })
  await app.connect()
  const anybody = [...new Set(stage.world.people.flatMap(one => [one.account, one.organisation]))]
  for (const id of stage.world.cases.keys()) await agree(stage.truth, { id: yesOf(id), case: id, recipients: anybody })
  const tried: Writes['tried'] = async (by, text, values = []) => {
    await app.query(openText(fenceOf(stage.person(by)), true))
    try {
      return (await app.query(text, values)).rowCount ?? 0
    } catch (error) {
      return (error as { code: string }).code
    } finally {
      await app.query('rollback')
    }
  }
  const reasons = (by: PersonKey, id: string) => reasonsFor(stage.world, stage.person(by), id)
  return {
    stage,
    named,
    tried,
    app,
    done: async (by, text, values) => {
      await app.query(openText(fenceOf(stage.person(by)), true))
      await app.query(text, values).catch(() => {})
      await app.query('commit')
    },
    nobody: async (what, text, values = () => [], who = all) => {
      const wrong: string[] = []
      for (const by of who) {
        const got = await tried(by, text, values(by))
        if (!refused.has(got)) wrong.push(`${by} ${what}: ${got}`)
      }
      return wrong
    },
    strangers: id => all.filter(by => reasons(by, id).length === 0),
    mereRecipients: id =>
      all.filter(by => reasons(by, id).length > 0 && reasons(by, id).every(one => one.basis === 'share')),
  }
}

/** Cases that stand for the states a case can be in. */
export const several = [
  'screened',
  'sent',
  'of Dalia',
  'of the police',
  'of the unit',
  'to the shelter',
  'a service of the unit',
  'withdrawn',
  'withdrawn when held',
]
/** On the consent `yes` of the case, so that nothing but who shares and what they hold is asked. */
export const share = `select policy.share($1::uuid, $2::uuid, $3::int, $4::int, gen_random_uuid(),
  ('00000000-0000-7000-8000-' || right($2::text, 12))::uuid, 'infinity'::timestamptz)`
/** On a consent of one's choice. */
export const shareOn =
  "select policy.share($1::uuid, $2::uuid, $3::int, $4::int, gen_random_uuid(), $5::uuid, 'infinity'::timestamptz)"
/** What a consent of a raw test says; told in `agree`. */
export interface Yes {
  readonly id: string
  readonly case: string
  readonly recipients: readonly string[]
  readonly compartments?: number
  readonly purposes?: readonly string[]
  readonly withhold?: readonly { readonly recipient: string; readonly compartments: number }[]
  readonly over?: boolean
}
/** Writes a consent into the ledger, past everything. */
export const agree = (truth: pg.Client, yes: Yes): Promise<unknown> =>
  truth.query(
    `insert into consent.record (id, case_id, kind, text_version, language, interpreter, explained_by, given_by, form,
       purposes, recipients, compartments, withhold, expires_at, said_at)
     values ($1, $2, 'given', 'sharing-1', 'es', 'none', $3, 'person', 'written', $4, $5, $6, $7, $8, now())
     on conflict do nothing`,
    [
      yes.id,
      yes.case,
      accountId('marisol'),
      yes.purposes ?? ['services', 'identification'],
      yes.recipients,
      yes.compartments ?? 127,
      JSON.stringify(yes.withhold ?? []),
      yes.over ? new Date(Date.now() - 1000) : null,
    ],
  )
/** The id of the consent to everything by anybody that `share` cites. */
export const yesOf = (id: string): string => `00000000-0000-7000-8000-${id.slice(-12)}`
export const unshare = 'select policy.unshare($1::uuid, $2::uuid, $3::uuid)'
export const hold = 'select policy.hold($1::uuid, $2::uuid, $3::uuid)'
export const assign = 'select policy.assign($1::uuid, $2::uuid)'

/** A case that anybody has is not made again. */
export async function makesAgain(writes: Writes): Promise<string[]> {
  const { stage, named, nobody } = writes
  const wrong: string[] = []
  for (const name of several)
    wrong.push(
      ...(await nobody(`makes "${name}" theirs`, `select policy.make($1::uuid, 127)`, () => [named.get(name)])),
      ...(await nobody(
        `insert into case_access of "${name}"`,
        `insert into policy.case_access (principal, case_id, basis, basis_id, compartments, shared)
         values ($1, $2, 'own', $2, 127, 127)`,
        by => [stage.person(by).account, named.get(name)],
      )),
    )
  return wrong
}

/** Strangers, and those a case was only shared with, neither share, hold nor assign it. */
export async function takes(writes: Writes): Promise<string[]> {
  const { stage, named, nobody, strangers, mereRecipients } = writes
  const mine = (by: PersonKey) => [stage.person(by).account, stage.person(by).organisation]
  const wrong: string[] = []
  for (const name of several) {
    const id = named.get(name)!
    const referrals = [...stage.world.referrals.values()].filter(one => one.case === id)
    // Intake holds what was referred to them: that is how a case opens.
    const mayHold = (by: PersonKey, referral: string | null) =>
      stage.person(by).role === 'intake' &&
      referrals.some(one => one.id === referral && one.kind === 'identification' && stands(stage.world, one))
    const who = [...strangers(id), ...mereRecipients(id)]
    for (const at of [0, 1])
      for (const mask of [1, 64, 65, 127])
        wrong.push(
          ...(await nobody(
            `shares "${name}" (${mask}) with themselves`,
            share,
            by => [mine(by)[at], id, mask, mask],
            who,
          )),
        )
    for (const to of [unit, shelter, clinic])
      wrong.push(...(await nobody(`shares "${name}" on`, share, () => [to, id, 64, 0], who)))
    for (const referral of [null, ...referrals.map(one => one.id)])
      for (const at of [0, 1])
        wrong.push(
          ...(await nobody(
            `holds "${name}"${referral ? ' by a referral' : ''}`,
            hold,
            by => [mine(by)[at], id, referral],
            who.filter(by => !mayHold(by, referral)),
          )),
        )
    for (const to of ['dalia', 'bastien'] as const)
      wrong.push(...(await nobody(`puts ${to} in charge of "${name}"`, assign, () => [accountId(to), id], who)))
    wrong.push(
      ...(await nobody(`puts themselves in charge of "${name}"`, assign, by => [stage.person(by).account, id], who)),
    )
  }
  return wrong
}

/** Nobody passes on more than they hold, nor puts in charge who is no coordinator. */
export async function passesOn(writes: Writes): Promise<string[]> {
  const { stage, named, nobody } = writes
  const with_ =
    (name: string, mask: number, to = clinic) =>
    () => [to, named.get(name), mask, mask]
  return [
    // Who screens holds identity, what was told and coded data.
    ...(await nobody('shares the place of "screened"', share, with_('screened', 8), ['marisol'])),
    ...(await nobody('shares everything of "screened"', share, with_('screened', 127), ['marisol'])),
    ...(await nobody('raises their own', share, with_('screened', 127, accountId('marisol')), ['marisol'])),
    ...(await nobody('tells more than they share', share, () => [clinic, named.get('screened'), 64, 66], ['marisol'])),
    // The unit holds what was shared with it.
    ...(await nobody('shares the identity', share, with_('accepted without identity', 1), ['tobias', 'ines'])),
    ...(await nobody('shares what was told', share, with_('accepted', 2), ['tobias', 'ines'])),
    ...(await nobody('shares the place', share, with_('of Dalia', 8), ['tobias', 'ines'])),
    ...(await nobody('shares the health', share, with_('of Dalia', 4), ['tobias', 'ines', 'dalia'])),
    ...(await nobody('shares the identity', share, with_('accepted without identity', 1), ['dalia', 'bastien'])),
    // Only a coordinator of the unit, and only of a case that it holds.
    ...(await nobody('puts themselves in charge', assign, by => [accountId(by), named.get('accepted')], [
      'tobias',
      'ines',
    ])),
    ...(await nobody('puts a shelter in charge', assign, () => [accountId('celeste'), named.get('accepted')], [
      'tobias',
    ])),
    ...(await nobody('puts in charge before it is held', assign, () => [accountId('dalia'), named.get('sent')])),
    ...(await nobody("takes another's charge", assign, () => [accountId('dalia'), named.get('of Bastien')], ['dalia'])),
    ...(await nobody(
      'holds for their own agency',
      hold,
      by => [stage.person(by).organisation, named.get('screened'), null],
      ['marisol'],
    )),
    ...(await nobody('holds for the unit', hold, () => [unit, named.get('screened'), null])),
    ...(await nobody('ends access directly', `update policy.case_access set until = now() where principal = $1`, () => [
      unit,
    ])),
    ...(await nobody('deletes access', 'delete from policy.case_access')),
  ]
}

/** A share is ended by its organisation, who holds the case or who sent it, a consent only by a withdrawal. */
export async function ends(writes: Writes): Promise<string[]> {
  const { stage, named, nobody, strangers, mereRecipients } = writes
  const mine = (by: PersonKey) => [stage.person(by).account, stage.person(by).organisation]
  const wrong: string[] = []
  let asked = 0
  for (const one of stage.world.cases.values()) {
    const who = [...strangers(one.id), ...mereRecipients(one.id)]
    for (const { basis, principal, id } of reasonsOf(stage.world, one)) {
      if (basis !== 'share') continue
      asked += 1
      // Who sent the referral may take it back, also when the case is in other hands by then.
      const sender = stage.world.referrals.get(id)?.from
      const others = who.filter(by => !mine(by).includes(principal) && stage.person(by).account !== sender)
      wrong.push(...(await nobody('ends a share of others', unshare, () => [principal, one.id, id], others)))
    }
    const end = 'select policy.end_consent($1::uuid, $2::uuid)'
    const endReferrals = 'select referrals.end_consent($1::uuid)'
    for (const consent of one.consents.filter(each => !each.withdrawn))
      wrong.push(
        ...(await nobody('ends a consent', end, () => [one.id, consent.id])),
        ...(await nobody('ends the referrals of a consent', endReferrals, () => [consent.id])),
      )
  }
  if (asked < 10) wrong.push(`only ${asked} shares`)
  const before = 'select count(*)::int as of from policy.case_access where basis = any ($1)'
  const kept = await stage.truth.query(before, [['own', 'holder', 'assigned']])
  // What is not a share is ended by no function: not even under the name of one.
  for (const name of ['of Dalia', 'withdrawn when held', 'screened']) {
    const id = named.get(name)!
    for (const { basis, principal, id: reason } of reasonsOf(stage.world, stage.world.cases.get(id)!)) {
      if (basis === 'share') continue
      for (const by of all) {
        await writes.done(by, unshare, [principal, id, reason])
      }
    }
  }
  const left = await stage.truth.query(before, [['own', 'holder', 'assigned']])
  if (left.rows[0].of !== kept.rows[0].of)
    wrong.push(`${kept.rows[0].of} reasons, of which ${left.rows[0].of} are left`)
  return wrong
}
