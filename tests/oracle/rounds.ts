import { uuidv7 } from '#platform/crypto/random.ts'
import { accountId, organisationId, type PersonKey, stableId } from '../../tools/demonstration/people.ts'
import type { Attempt } from './attempts.ts'
import type { Standing, Verdict } from './oracle.ts'
import type { Stage } from './stage.ts'
import type { Person } from './world.ts'

// Who looks for who could help, who asks several organisations for one help, and who sees whom else they ask, said a second time.

const [asker, unit] = [accountId('dalia'), organisationId('counter-trafficking-unit')]
const roundOf = (id: string) => stableId(`round ${id}`)
const laid = new Set<string>()

/** In every case a round that one coordinator asked for and ended, with somebody still in line. */
export async function putRounds(stage: Stage): Promise<void> {
  for (const id of stage.world.cases.keys()) {
    laid.add(id)
    await stage.truth.query(
      `insert into referrals.round (id, case_id, country, service, way, urgency, from_organisation, from_account, consent_id, shared, state)
       select $1, $2, 'XSA', 'food', 'in-turn', 'urgent', $3, $4, c.id, 65, 'stopped' from consent.record c limit 1`,
      [roundOf(id), id, unit, asker],
    )
    await stage.truth.query(
      `insert into referrals.turn (id, round_id, case_id, number, to_organisation) select $1, r.id, r.case_id, 1, $3
       from referrals.round r where r.id = $2`,
      [uuidv7(), roundOf(id), organisationId('samaan-house')],
    )
  }
}

/** Who asked; intake of the unit that asked; and whoever has the case, for their unit or in charge of it. */
export const seesRound = ({ account, role, organisation }: Person, it: Standing): boolean =>
  account === asker || (role === 'intake' && organisation === unit) || it.held || it.charge || it.assigned

/** Undefined: not an operation of several. */
export function ofRounds(person: Person, operation: string, it: Standing | undefined): Verdict | undefined {
  const { account, role, organisation } = person
  if (operation === 'referrals.stopRound') {
    const stops = (account === asker && role === 'coordinator') || (role === 'intake' && organisation === unit)
    return it && stops ? 'allow' : 'deny'
  }
  if (!['referrals.askSeveral', 'referrals.rounds', 'referrals.match'].includes(operation)) return undefined
  if (!it) return 'deny'
  const made = it.made && (role === 'officer' || role === 'intake')
  return made || it.charge || (role === 'intake' && it.held) ? 'allow' : 'deny'
}

/** Each made so that whoever may is told what is wrong with it, and nothing changes. */
export function roundsOnCase(by: PersonKey, name: string, id: string): Attempt[] {
  const none = uuidv7()
  const of = (operation: string, parts: (of: string) => Attempt['parts']): Attempt => ({
    ...{ by, operation, about: name, target: { case: id } },
    ...{ parts: parts(id), missing: parts(none) },
  })
  const body = {
    ...{ service: 'food', way: 'in-turn', urgency: 'urgent', consent: uuidv7(), share: ['STA'] },
    to: ['samaan-house', 'claro-clinic'].map(one => ({ id: uuidv7(), organisation: organisationId(one) })),
  }
  return [
    of('referrals.match', one => ({ params: { case: one }, body: { service: 'food', urgency: 'urgent' } })),
    of('referrals.rounds', one => ({ params: { case: one } })),
    of('referrals.askSeveral', one => ({ body: { ...body, id: uuidv7(), case: one } })),
    // A case that came later has none.
    ...(laid.has(id) ? [of('referrals.stopRound', one => ({ params: { round: roundOf(one) }, body: {} }))] : []),
  ]
}
