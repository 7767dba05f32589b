import assert from 'node:assert/strict'
import { compiled } from './compiled.ts'
import { type Load, now, type Verdict } from './loaded.ts'
import { me, roles } from './stands.ts'

// What roles, purposes, compartments and decisions are, said a second time.

const purposes: Readonly<Record<string, readonly string[]>> = {
  officer: ['identification'],
  intake: ['identification'],
  coordinator: ['assistance', 'identification'],
  'decision-maker': ['identification'],
  provider: ['assistance'],
  'shelter-manager': ['assistance'],
  supervisor: ['oversight'],
  investigator: ['investigation'],
  prosecutor: ['investigation'],
  secretariat: ['statistics'],
  analyst: ['statistics'],
  trainer: ['administration'],
  'fund-officer': ['assistance'],
  donor: ['statistics'],
  administrator: ['administration'],
  'data-protection-officer': ['oversight'],
}
const ceilings: Readonly<Record<string, number>> = {
  ...Object.fromEntries(roles.map(one => [one, 0])),
  ...{ officer: 65, intake: 65, coordinator: 79, 'decision-maker': 65, provider: 71, 'shelter-manager': 79 },
  ...{ supervisor: 64, investigator: 113, prosecutor: 113 },
}

export async function judgePlatform(load: Load): Promise<void> {
  const { ceilingOf } = await load('src/platform/policy/ceiling.ts')
  assert.deepEqual(ceilingOf, ceilings)
  const all = await load('src/platform/policy/roles.ts')
  assert.deepEqual(all.roles, roles)
  assert.deepEqual(all.purposesOf, purposes)
  assert.deepEqual(all.purposes, [
    ...'identification assistance investigation oversight administration statistics self'.split(' '),
  ])
  assert.deepEqual([...(all.actsForOrganisation as Set<string>)].sort(), [
    'decision-maker',
    'intake',
    'provider',
    'shelter-manager',
  ])
  assert.deepEqual([...(all.ofTheUnit as Set<string>)].sort(), ['coordinator', 'decision-maker', 'intake'])
  const masks = (await load('src/platform/policy/compartments.ts')) as Record<string, never> & {
    maskOf: (list: readonly string[]) => number
    compartmentsIn: (mask: number) => string[]
  }
  const names = ['ID', 'SVC', 'HLT', 'LOC', 'INV', 'WIT', 'STA']
  assert.deepEqual(masks.compartments, names)
  assert.deepEqual(masks.bit, { ID: 1, SVC: 2, HLT: 4, LOC: 8, INV: 16, WIT: 32, STA: 64 })
  assert.equal(masks.maskOf([]), 0)
  for (const [at, name] of names.entries()) assert.equal(masks.maskOf([name, name]), 2 ** at)
  assert.equal(masks.maskOf(names), 127)
  for (let mask = 0; mask < 128; mask += 1)
    assert.deepEqual(
      masks.compartmentsIn(mask),
      names.filter((_, at) => Math.floor(mask / 2 ** at) % 2 === 1),
    )
  await judgeDecide(load)
  await judgeAccess(load)
  await judgeBodies(load)
}

async function judgeDecide(load: Load): Promise<void> {
  const { allow, allowIf, decide, deny, Decision, Denied } = (await load('src/platform/policy/decide.ts')) as {
    allow: (...list: string[]) => Verdict
    allowIf: (conditions: Record<string, boolean>, ...list: string[]) => Verdict
    deny: (reason: string) => Verdict
    decide: (rule: unknown, purposes: string[], actor: unknown, facts: unknown, cases: string, now: Date) => Decided
    Decision: { new (seal: symbol, mask: number, cases: string): unknown; none: Decided }
    Denied: new (reason: string) => Error & { reason: string }
  }
  interface Decided {
    readonly effect: string
    readonly mask: number
    readonly permits: (caseId: string, compartment: string) => boolean
  }
  assert.deepEqual(allow('ID'), { allow: true, compartments: ['ID'] })
  assert.deepEqual(deny('why'), { allow: false, reason: 'why' })
  assert.deepEqual(allowIf({ a: true, b: false, c: false }, 'ID'), { allow: false, reason: 'b' })
  assert.deepEqual(allowIf({ a: true, b: true }, 'ID'), { allow: true, compartments: ['ID'] })
  const actor = { purpose: 'identification' }
  const denied = (reason: string) => (error: unknown) =>
    error instanceof Denied && error.reason === reason && error.message === 'denied'
  const yes = () => allow('ID', 'STA')
  assert.throws(() => decide(undefined, ['identification'], actor, {}, 'a', now), denied('no-rule'))
  assert.throws(() => decide(yes, ['assistance'], actor, {}, 'a', now), denied('purpose'))
  assert.throws(() => decide(() => deny('x'), ['identification'], actor, {}, 'a', now), denied('x'))
  assert.throws(() => new Decision(Symbol('decide'), 127, 'fenced'), /made by decide/)
  const one = decide(yes, ['assistance', 'identification'], actor, {}, 'a', now)
  assert.deepEqual([one.effect, one.mask], ['allow', 65])
  const permits = (of: Decided) => ['a', 'b'].map(id => ['ID', 'SVC', 'STA'].map(each => of.permits(id, each)))
  assert.deepEqual(permits(one), [
    [true, false, true],
    [false, false, false],
  ])
  assert.deepEqual(permits(decide(yes, ['identification'], actor, {}, 'fenced', now)), [
    [true, false, true],
    [true, false, true],
  ])
  assert.deepEqual(permits(Decision.none), [
    [false, false, false],
    [false, false, false],
  ])
}

/** A query as it is asked, and the rows that are answered. */
async function judgeAccess(load: Load): Promise<void> {
  const { findAccess, findGlimpses, findLeads, holdsRole, share, lockConsent } = (await load(
    'src/platform/policy/access.ts',
  )) as Record<string, (...given: unknown[]) => Promise<never>>
  const asked: { sql: string; parameters: readonly unknown[] }[] = []
  const answering = (rows: readonly unknown[]) => {
    const keep = (query: { compile: (...given: unknown[]) => { sql: string; parameters: readonly unknown[] } }) => {
      if ('toOperationNode' in query && query.compile.length === 0) asked.push(query.compile())
      return rows
    }
    return { all: async (query: never) => keep(query), maybe: async (query: never) => keep(query)[0] }
  }
  const row = (basis: string, compartments: number, shared: number, accepted = false, basis_id = basis) => ({
    ...{ basis, compartments, shared, accepted, basis_id },
  })
  assert.equal(await findAccess!(answering([]), me), undefined)
  const where = asked.pop()!
  assert.match(where.sql, /"case_id" = \$\d.*"until" > now\(\)/s)
  assert.deepEqual(where.parameters, [me])
  const none = { own: false, assigned: false, holder: false, accepted: false, referred: false }
  const found = async (...rows: unknown[]) => (await findAccess!(answering(rows), me)) as unknown
  for (const basis of ['own', 'assigned', 'holder'] as const)
    assert.deepEqual(await found(row(basis, 1, 2, true)), {
      ...none,
      ...{ [basis]: true, held: 1, shared: 2, passes: 3, shares: new Map() },
    })
  assert.deepEqual(await found(row('share', 65, 0)), {
    ...none,
    ...{ held: 0, shared: 0, passes: 0, shares: new Map([['share', 65]]) },
  })
  assert.deepEqual(
    await found(row('share', 1, 8, true, 'a'), row('own', 2, 2), row('share', 64, 0, false, 'b'), row('holder', 4, 16)),
    {
      ...none,
      ...{ own: true, holder: true, accepted: true, referred: true, held: 6, shared: 26, passes: 22 },
      shares: new Map([
        ['a', 1],
        ['b', 64],
      ]),
    },
  )
  assert.deepEqual(
    await findGlimpses!(answering([row('break-glass', 1, 0), row('order', 2, 0), row('vital-interest', 4, 0)]), me),
    {
      broken: new Map([['break-glass', 1]]),
      ordered: new Map([['order', 2]]),
      vital: new Map([['vital-interest', 4]]),
    },
  )
  assert.match(asked.pop()!.sql, /"case_id" = \$\d.*"until" > now\(\)/s)
  const lead = { case: 'b', reference: 'C-1' }
  assert.deepEqual(await findLeads!(answering([{ away: 'a', ...lead }]), ['a']), new Map([['a', lead]]))
  assert.equal(await holdsRole!(answering([]), me, me, ['intake']), false)
  const role = asked.pop()!
  for (const part of [
    '"s"."account_id" = $',
    '"p"."status" = $',
    '"s"."organisation_id" = $',
    '"s"."role" in ($',
    '"s"."confirmed_at" is not null',
    '"s"."until" > now()',
  ])
    assert.ok(role.sql.includes(part), part)
  assert.equal(role.parameters[1], 'active')
  assert.equal(await holdsRole!(answering([{}]), me, me, ['intake']), true)
  // Functions of the database: what is told for identification, and how a consent is locked.
  const sent: { sql: string; parameters: readonly unknown[] }[] = []
  const tx = { run: async (query: unknown) => sent.push(compiled(query as never)) }
  const sharing = { organisation: me, caseId: me, compartments: 65, referral: me, consent: me, until: null }
  await share!(tx, { ...sharing, identification: true })
  await share!(tx, { ...sharing, identification: false })
  assert.deepEqual(
    sent.map(one => one.parameters.slice(2, 4)),
    [
      [65, 65],
      [65, 0],
    ],
  )
  assert.equal(sent[0]!.parameters[6], 'infinity')
  await lockConsent!(tx, me, 'to-end')
  await lockConsent!(tx, me, 'to-share')
  assert.deepEqual(
    sent.slice(2).map(one => /, (true|false)\)/.exec(one.sql)?.[1]),
    ['true', 'false'],
  )
}

async function judgeBodies(load: Load): Promise<void> {
  const { mayHold, takesTwo } = (await load('src/platform/policy/bodies.ts')) as {
    mayHold: (role: string, body: { kind: string; competent: boolean }) => boolean
    takesTwo: (role: string) => boolean
  }
  const light = ['secretariat', 'analyst', 'trainer', 'fund-officer', 'donor', 'data-protection-officer']
  for (const role of roles) assert.equal(takesTwo(role), !light.includes(role), role)
  const care = ['ngo', 'shelter', 'health', 'child-protection']
  const state = ['competent-authority', 'task-force', 'labour-inspectorate', 'police', 'immigration', 'coast-guard']
  const met = [...state, 'child-protection', 'school', 'ministry', 'ngo', 'health', 'other']
  const kinds = [...new Set([...met, ...care, 'legal-aid', 'court', 'fund'])]
  const may: Readonly<Record<string, readonly string[]>> = {
    officer: met,
    provider: [...care, 'legal-aid', 'other'],
    'shelter-manager': care,
    investigator: ['police'],
    prosecutor: ['police', 'court', 'ministry'],
    secretariat: ['competent-authority', 'task-force', 'ministry'],
  }
  for (const role of roles)
    for (const kind of kinds)
      for (const competent of [true, false]) {
        const unit = ['intake', 'coordinator', 'decision-maker'].includes(role)
        assert.equal(
          mayHold(role, { kind, competent }),
          unit ? competent : (may[role]?.includes(kind) ?? true),
          `${role} ${kind}`,
        )
      }
}
