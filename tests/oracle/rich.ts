import { uuidv7 } from '#platform/crypto/random.ts'
import {
  assign,
  clinic,
  complete,
  decide,
  give,
  handOver,
  interview,
  locate,
  move,
  note,
  open,
  override,
  record,
  refer,
  type Stage,
  second,
  shelter,
  unit,
  withdraw,
} from './stage.ts'
import { sayWhere } from './whereabouts.ts'
import { type Compartment, caseOf } from './world.ts'

/** One world with a case in every state, made through HTTP by the people whose work it is. Names of cases to their ids. */
export async function richWorld(stage: Stage): Promise<ReadonlyMap<string, string>> {
  const named = new Map<string, string>()
  const begin = async (name: string, by: 'marisol' | 'kofi' | 'tobias' = 'marisol', story = true) => {
    const id = uuidv7()
    named.set(name, id)
    await stage.play(record(by, id, story))
    return id
  }
  /** A case with a consent and a referral to the unit that got as far as said. */
  const referred = async (
    name: string,
    how: { share?: Compartment[]; by?: 'marisol' | 'kofi'; to?: string; kind?: 'identification' | 'service' } = {},
  ) => {
    const by = how.by ?? 'marisol'
    const id = await begin(name, by)
    const agreed = uuidv7()
    const referral = uuidv7()
    await stage.play(
      give(by, id, { id: agreed, withhold: [{ recipient: shelter, compartments: ['SVC'] }] }),
      refer(by, {
        id: referral,
        case: id,
        kind: how.kind ?? 'identification',
        to: how.to ?? unit,
        consent: agreed,
        share: how.share ?? ['ID', 'STA'],
      }),
    )
    return { id, agreed, referral }
  }
  const held = async (name: string, share?: Compartment[]) => {
    const made = await referred(name, share ? { share } : {})
    await stage.play(move('tobias', 'acknowledge', made.referral), move('tobias', 'accept', made.referral))
    return made
  }
  const decided = async (name: string, outcome: 'positive' | 'negative') => {
    const made = await held(name)
    const decision = uuidv7()
    const [told] = caseOf(stage.world, made.id).screenings
    await stage.play(decide('ines', made.id, told!.id, outcome, decision))
    return { ...made, decision }
  }

  await stage.play(interview('marisol', await begin('screened'), 'short-screen'))
  await begin('screened without a story', 'marisol', false)
  await stage.play(give('marisol', await begin('consented')))
  await referred('sent')
  const acknowledged = await referred('acknowledged', { share: ['ID', 'SVC', 'STA'] })
  await stage.play(move('tobias', 'acknowledge', acknowledged.referral))
  await referred('sent without identity', { share: ['STA'] })
  await held('accepted')
  const storied = await held('accepted with the story', ['ID', 'SVC', 'STA'])
  const talk = uuidv7()
  await stage.play(interview('tobias', storied.id, 'interview-adult', talk), override('ines', talk, 'danger-now'))
  await stage.play(interview('ines', storied.id, 'interview-adult'))
  await held('accepted without identity', ['STA'])
  await stage.play(move('tobias', 'decline', (await referred('declined')).referral))
  await stage.play(move('marisol', 'revoke', (await referred('revoked')).referral))
  const withdrawn = await referred('withdrawn')
  await stage.play(withdraw('marisol', withdrawn.id, withdrawn.agreed))

  // Bastien's: Dalia had it and handed over.
  const bastiens = await held('of Bastien', ['ID', 'SVC', 'STA'])
  await stage.play(assign('tobias', bastiens.id, 'dalia'), note('dalia', bastiens.id), locate('dalia', bastiens.id))
  await stage.play(handOver('dalia', 'dalia', 'bastien'))

  const dalias = await held('of Dalia', ['ID', 'SVC', 'STA'])
  await stage.play(assign('tobias', dalias.id, 'dalia'), note('dalia', dalias.id), locate('dalia', dalias.id))
  await stage.play(complete('tobias', caseOf(stage.world, dalias.id).screenings[0]!.id))
  await stage.play(interview('dalia', dalias.id, 'interview-adult'))
  const bed = uuidv7()
  await stage.play(
    refer('dalia', { id: bed, case: dalias.id, kind: 'service', to: shelter, consent: dalias.agreed }),
    move('celeste', 'accept', bed),
    sayWhere('celeste', bed),
    refer('dalia', { case: dalias.id, kind: 'service', to: clinic, consent: dalias.agreed, share: ['STA'] }),
  )

  // In charge of a case whose story was not shared; and the officer sent a service referral of their own.
  const quiet = await held('of Dalia, without the story')
  await stage.play(
    assign('tobias', quiet.id, 'dalia'),
    refer('marisol', { case: quiet.id, kind: 'service', to: clinic, consent: quiet.agreed }),
  )

  // Withdrawn after the unit took the case on and the shelter the person in.
  const left = await held('withdrawn when held', ['ID', 'SVC', 'STA'])
  const room = uuidv7()
  await stage.play(
    assign('tobias', left.id, 'dalia'),
    refer('dalia', { id: room, case: left.id, kind: 'service', to: shelter, consent: left.agreed }),
    move('celeste', 'accept', room),
    sayWhere('celeste', room),
    withdraw('dalia', left.id, left.agreed),
  )

  await decided('proposed negative', 'negative')
  const confirmed = await decided('seconded', 'negative')
  await stage.play(second('rufus', confirmed.id, confirmed.decision, 'confirmed'))
  const returned = await decided('returned', 'negative')
  await stage.play(second('rufus', returned.id, returned.decision, 'returned'))
  await decided('positive', 'positive')

  // Decided about somebody whose name the unit was never given.
  const unnamed = await held('decided without identity', ['STA'])
  const doubted = uuidv7()
  const [told] = caseOf(stage.world, unnamed.id).screenings
  await stage.play(
    decide('ines', unnamed.id, told!.id, 'negative', doubted),
    second('rufus', unnamed.id, doubted, 'returned'),
  )

  // Later the person agreed to more, in a second referral that stands beside what is held.
  const more = await held('held without identity, then shared with it', ['STA'])
  await stage.play(
    refer('marisol', {
      case: more.id,
      kind: 'identification',
      to: unit,
      consent: more.agreed,
      share: ['ID', 'SVC', 'STA'],
    }),
  )
  // Dalia sent it and is in charge no more.
  const passed = await held('passed on')
  await stage.play(
    assign('tobias', passed.id, 'dalia'),
    refer('dalia', { case: passed.id, kind: 'service', to: shelter, consent: passed.agreed }),
    assign('dalia', passed.id, 'bastien'),
    locate('bastien', passed.id),
    note('bastien', passed.id),
  )

  await begin('of the police', 'kofi')
  const police = await referred('of the police, held', { by: 'kofi' })
  await stage.play(move('tobias', 'accept', police.referral))
  await stage.play(give('tobias', await begin('of the unit', 'tobias')))
  const own = await begin('of the unit, opened', 'tobias')
  const forHelp = uuidv7()
  await stage.play(give('tobias', own, { id: forHelp }), open('tobias', own))
  await stage.play(refer('tobias', { case: own, kind: 'service', to: clinic, consent: forHelp }))
  // Screened by the unit and sent for help before it opens the case.
  const helped = await begin('of the unit, helped', 'tobias')
  const help = uuidv7()
  await stage.play(
    give('tobias', helped, { id: help }),
    refer('tobias', { case: helped, kind: 'service', to: shelter, consent: help }),
  )

  await referred('to the shelter', { kind: 'service', to: shelter })
  const turnedAway = await referred('declined by the clinic', { kind: 'service', to: clinic })
  await stage.play(move('jonah', 'decline', turnedAway.referral))
  const takenBack = await referred('revoked from the clinic', { kind: 'service', to: clinic })
  await stage.play(move('jonah', 'acknowledge', takenBack.referral), move('marisol', 'revoke', takenBack.referral))
  await referred('a service of the unit', { kind: 'service', to: unit })

  // Two referrals to one organisation; the one that opened more is over.
  const less = await referred('shared less', { kind: 'service', to: shelter })
  await stage.play(
    refer('marisol', { case: less.id, kind: 'service', to: shelter, consent: less.agreed, share: ['STA'] }),
    move('marisol', 'revoke', less.referral),
  )
  // The one consent ended, so its referral is over too; then the referral under the next was revoked.
  const lapsed = await referred('revoked after another lapsed', { kind: 'service', to: shelter })
  const next = uuidv7()
  const last = uuidv7()
  await stage.play(
    withdraw('marisol', lapsed.id, lapsed.agreed),
    give('marisol', lapsed.id, { id: next }),
    refer('marisol', { id: last, case: lapsed.id, kind: 'service', to: shelter, consent: next }),
    move('marisol', 'revoke', last),
  )
  // A consent on which nothing was shared is withdrawn; what was shared on the other goes on.
  const other = await referred('another consent withdrawn', { kind: 'service', to: shelter })
  const idle = uuidv7()
  await stage.play(give('marisol', other.id, { id: idle }), withdraw('marisol', other.id, idle))
  // Two consents for one organisation; one is withdrawn.
  const one = await referred('one of two consents', { kind: 'service', to: shelter })
  const two = uuidv7()
  await stage.play(
    give('marisol', one.id, { id: two }),
    refer('marisol', { case: one.id, kind: 'service', to: shelter, consent: two }),
    withdraw('marisol', one.id, one.agreed),
  )
  return named
}
