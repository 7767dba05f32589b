import {
  all,
  any,
  charge,
  codes,
  each,
  holds,
  judges,
  leads,
  met,
  named,
  of,
  ofCare,
  only,
  place,
  type Said,
  type Stand,
  screens,
  services,
  unitRoles,
  unopened,
  when,
  within,
} from './said-words.ts'

// Cases, their care, consent, referrals and screenings.

const reading: Said = it => {
  if (charge(it)) return within([it.held], ['ID', 'SVC', 'LOC', 'STA'])
  return holds(it) || unopened(it) ? within([it.held, it.given], ['ID', 'STA']) : undefined
}
const identity = when(
  all(
    any(
      all(of('intake'), it => it.holder),
      charge,
      unopened,
    ),
    named,
  ),
  'ID',
  'STA',
)
const identityFields: Said = it => (it.role === 'officer' ? when(all(met, named), 'ID', 'STA')(it) : identity(it))
const papers = when(
  all(it => reading(it) !== undefined, named),
  'ID',
  'STA',
)
const helping: Said = it => (services(it) && it.accepted ? (it.given.has('SVC') ? ['SVC', 'STA'] : ['STA']) : undefined)
const worksWith: (it: Stand) => boolean = it =>
  ({
    officer: it.own,
    coordinator: it.assigned,
    provider: it.accepted,
    'shelter-manager': it.accepted,
    intake: it.own || it.holder || it.accepted,
  })[it.role] ?? false
const asked = all(any(of('intake'), services), it => it.hasShare)
const recipient = all(any(of('intake'), services), it => it.theirs)
const sent = any(
  all(of('officer', 'intake', 'coordinator'), it => it.author),
  all(of('intake'), it => it.sender),
)
const follows = any(
  all(of('intake'), it => it.holder),
  all(of('coordinator'), it => it.assigned),
)
/** What the person says of a help: heard by who works the case or met them, never by who works where it was given. */
const hears = all(
  it => it.service && !it.earlier,
  any(
    follows,
    all(of('officer', 'intake'), it => it.own && it.author),
  ),
)
/** Where to bring the person: said by the safe place that took them on. */
const saysWhere = all(of('shelter-manager'), it => it.service && it.theirs && it.shared && it.accepted)
/** Help alone is asked of who has no account, by who asked for it and who is in charge of the person. */
const opensDoor = all(
  it => it.service,
  any(
    sent,
    all(of('coordinator'), it => it.assigned),
  ),
)
const answering = when(
  all(
    recipient,
    it => it.shared,
    it => !it.author,
  ),
  'ID',
  'STA',
)
const screeningOfCase = any(
  all(of('intake'), it => it.holder || it.own || it.referred),
  judges,
  all(of('coordinator'), it => it.assigned),
)
const screening =
  (author: boolean): Said =>
  it => {
    if (author && screens(it) && it.author) return ['ID', 'SVC', 'STA']
    if (!screeningOfCase(it)) return undefined
    return it.told.has('SVC') ? ['SVC', 'STA'] : ['STA']
  }
const adds = any(
  all(of('officer'), it => it.own),
  all(of('intake'), it => it.own || it.holder),
  judges,
  all(of('coordinator'), it => it.assigned),
)
const edits = of('supervisor', 'administrator')
const uses = only(any(edits, it => it.usable))

/** For a service the unit asks too, once it has the case. */
const sending = codes(
  all(
    of('officer', 'intake', 'coordinator'),
    any(
      it => it.own && it.maker,
      all(
        it => it.service,
        any(
          all(of('intake'), it => it.holder),
          charge,
        ),
      ),
    ),
  ),
)
export const caseSaid: Readonly<Record<string, Said>> = {
  ...each('case.list case.clocks', codes(unitRoles)),
  'case.export': codes(of('intake', 'coordinator')),
  'case.search': when(unitRoles, 'ID', 'STA'),
  ...each('case.read referral.case-file', reading),
  'case.open': codes(unopened),
  'case.change-identity': identity,
  ...each('case.identity case.edit-identity case.conflicts case.settle-conflict', identityFields),
  ...each('case.alike case.my-conflicts', when(of('officer', 'intake', 'coordinator'), 'ID', 'STA')),
  'case.change-location': when(charge, 'LOC', 'STA'),
  'case.where': when(charge, 'LOC', 'STA'),
  'case.add-note': ofCare,
  // A paper that shows who the person is, or any other file.
  'case.attach': it => (it.paper ? identityFields(it) : when(any(met, charge), 'SVC', 'STA')(it)),
  'case.read-attachment': it => (it.paper ? papers(it) : ofCare(it)),
  'case.list-attachments': it => (charge(it) ? [...ofCare(it)!, ...within([it.held], ['ID'])] : papers(it)),
  ...each(
    'case.assign case.last-hand-over',
    codes(
      any(
        all(of('intake'), it => it.holder),
        charge,
      ),
    ),
  ),
  'case.hand-over': codes(
    any(
      of('intake'),
      all(of('coordinator'), it => it.toMe),
    ),
  ),
  'case.decide': when(judges, 'ID', 'STA'),
  'case.move': codes(place),
  'case.evidence': codes(judges),
  ...each('case.pause-clock case.resume-clock case.extend-clock', codes(any(judges, charge))),
  'case.change-track': codes(charge),
  ...each('case.escalations case.answer-escalation', codes(of('supervisor'))),
  'case.decision-notice': it => (judges(it) || charge(it) ? (named(it) ? ['ID', 'STA'] : ['STA']) : undefined),
  'case.confirm': when(
    all(judges, it => !it.author && !it.earlier),
    'ID',
    'STA',
  ),

  ...each(
    'care.assess care.assessments care.safety care.change-safety care.code-word care.plans care.save-plan',
    ofCare,
  ),
  ...each('care.agree-plan care.print-plan care.move-action care.deliveries care.follow-ups', ofCare),
  ...each('care.plan-follow-ups care.mark-follow-up care.propose-closure care.child care.weigh-interest', ofCare),
  ...each('care.name-guardian care.end-guardian', ofCare),
  'care.asked': helping,
  'care.deliver': it => (services(it) ? (it.theirs ? helping(it) : undefined) : ofCare(it)),
  ...each('care.closing care.reopen', codes(place)),
  'care.second-closure': codes(all(holds, it => !it.author)),

  ...each('consent.give consent.refuse consent.withdraw', codes(all(it => it.known, worksWith))),
  'consent.list': codes(all(it => it.known, any(worksWith, asked))),
  'consent.notify': codes(all(screens, it => it.own && it.demanded && it.child === false)),
  'consent.notifications': only(all(of('intake', 'coordinator'), it => it.competent)),

  ...each('referral.send referral.ask-several referral.rounds', sending),
  // As what it is asked for: a service.
  'referral.match': it => (sending({ ...it, service: true }) ? within([it.held, it.given], ['ID', 'STA']) : undefined),
  'referral.list': codes(any(of('officer', 'intake', 'coordinator'), services)),
  'referral.read': it =>
    recipient(it) || sent(it) || follows(it)
      ? within([it.held, ...(recipient(it) && it.shared ? [it.given] : [])], ['ID', 'STA'])
      : undefined,
  // The country's numbers for who answers for all of it; their own for everybody who is asked or asks.
  ...each(
    'referral.performance referral.performance-csv',
    only(it =>
      it.service
        ? it.role === 'secretariat' || (of('intake', 'coordinator', 'supervisor')(it) && it.competent)
        : of('intake', 'coordinator', 'provider', 'shelter-manager')(it),
    ),
  ),
  'referral.stop-round': codes(sent),
  ...each('referral.acknowledge referral.accept referral.decline referral.begin referral.finish', answering),
  'referral.end': it => (sent(it) ? ['STA'] : answering(it)),
  'referral.revoke': codes(sent),
  'referral.received': codes(leads),
  'referral.feedback': it => {
    if (!hears(it)) return undefined
    return follows(it) ? (it.role === 'coordinator' ? ['SVC', 'STA'] : ['STA']) : []
  },
  'referral.tell-feedback': when(hears, 'SVC', 'STA'),
  'referral.take-back-feedback': codes(hears),
  'referral.where': when(
    any(
      saysWhere,
      all(follows, of('coordinator'), it => it.service),
    ),
    'LOC',
  ),
  'referral.say-where': when(saysWhere, 'LOC'),
  'referral.take-back-where': only(saysWhere),
  ...each('referral.doors referral.make-link referral.end-link', only(opensDoor)),
  'referral.make-paper': it =>
    opensDoor(it) ? (['ID', 'STA'] as const).filter(one => it.held.has(one) && it.given.has(one)) : undefined,
  'referral.answer-on-paper': codes(opensDoor),

  'screening.record': when(screens, 'ID', 'SVC', 'STA'),
  'screening.list': codes(any(screens, unitRoles)),
  'screening.read': screening(true),
  'screening.of-case': screening(false),
  'screening.complete': codes(holds),
  'screening.instruments': only(() => true),
  ...each('screening.instrument screening.xform', uses),
  ...each('screening.check-sheet screening.import-instrument screening.publish-instrument', only(edits)),
  ...each('screening.withdraw-instrument screening.export-instrument', only(edits)),
  'screening.interview': when(
    all(adds, it => !it.there || it.usable),
    'SVC',
    'STA',
  ),
  'screening.interviews': it => {
    if (it.role === 'officer') return it.own ? ['SVC', 'STA'] : undefined
    return screeningOfCase(it) ? (it.author || it.told.has('SVC') ? ['SVC', 'STA'] : ['STA']) : undefined
  },
  'screening.override': when(adds, 'SVC', 'STA'),
}
