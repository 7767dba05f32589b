import {
  all,
  any,
  charge,
  codes,
  each,
  found,
  holds,
  leads,
  of,
  ofCare,
  only,
  place,
  police,
  protects,
  type Said,
  type Stand,
  screens,
  services,
  strong,
  unitRoles,
  when,
  within,
} from './said-words.ts'

// The other side of the wall, oversight, several cases of one person, tasks, their own view, and who lets others in.

const body = (it: Stand) => it.there && it.theirs
const lead: Said = it => {
  if (it.role === 'investigator') return body(it) && it.strong ? ['INV'] : undefined
  if (it.role === 'prosecutor') return it.shared && it.strong ? ['INV'] : undefined
  return it.role === 'supervisor' && body(it) ? [] : undefined
}
const writesBasis = codes(
  any(
    all(of('intake'), it => it.holder),
    charge,
  ),
)
const seconds = codes(all(place, it => !it.author && !it.toMe))

const breakers = of('officer', 'intake', 'coordinator', 'decision-maker', 'provider', 'shelter-manager')
const sides = of('coordinator', 'decision-maker')
const keepers = of('intake', 'coordinator', 'provider', 'shelter-manager', 'supervisor')
const keeps = only(
  any(
    of('administrator'),
    all(keepers, it => it.theirs),
  ),
)
const administers = only(of('administrator'))
const recovers = of('administrator', 'supervisor')
const another = (it: Stand) => !it.toMe
const answersFor = any(
  of('administrator'),
  all(of('supervisor'), it => it.theirs && !it.sender),
)
const barring = any(protects, of('intake'))
const watching = any(protects, sides)

// Tasks: who works on a case, and whose a task is.
const worksOn = any(
  charge,
  holds,
  all(of('officer', 'intake'), it => it.own && it.maker),
  all(services, it => it.accepted),
)
const tasksOf: Said = it => {
  if (!worksOn(it)) return undefined
  return it.role === 'coordinator' || (services(it) && it.given.has('SVC')) ? ['SVC', 'STA'] : ['STA']
}
const lies = (it: Stand) => it.sameRole && it.theirs && (it.anyones || it.toMe)
const directs = (it: Stand) => it.author || (it.about && (charge(it) || holds(it)))
const placed = (it: Stand) => !it.about || worksOn(it)
/** What may be done with a task, whatever stands in its way. */
export const taskMoves: Readonly<Record<string, (it: Stand) => boolean>> = {
  ...{ take: all(placed, lies), finish: all(placed, lies) },
  ...{ drop: all(placed, any(lies, directs)), give: all(placed, any(lies, directs)) },
  undo: all(placed, lies, it => it.earlier && it.judge),
}

// One person, several cases.
const compares = of('coordinator', 'decision-maker')
const inUnit = codes(all(unitRoles, it => it.place))
const ofBoth = all(unitRoles, found)

export const otherSaid: Readonly<Record<string, Said>> = {
  ...each(
    'organisation.list organisation.read',
    only(() => true),
  ),
  ...each('organisation.create organisation.change organisation.exchange', administers),
  'organisation.places': only(all(keepers, it => it.theirs)),
  ...each('organisation.offer organisation.on-call', keeps),

  'justice.list-leads': it =>
    police(it) ? (it.strong ? ['INV'] : undefined) : it.role === 'supervisor' ? [] : undefined,
  'justice.make-lead': when(all(of('investigator'), strong), 'INV'),
  'justice.read-lead': lead,
  'justice.change-lead': it => (it.role === 'investigator' ? lead(it) : undefined),
  'justice.bar-from-lead': only(all(of('investigator'), body, strong)),
  'justice.end-lead-bar': only(
    all(
      body,
      strong,
      it => it.usable,
      any(
        of('supervisor'),
        all(of('investigator'), it => it.author),
      ),
    ),
  ),
  ...each('justice.move-proceedings justice.read-lead-file', it => (police(it) ? lead(it) : undefined)),
  'justice.people': only(of('investigator', 'intake', 'coordinator')),
  ...each('justice.of-case justice.revoke-order', codes(place)),
  ...each('justice.record-order justice.record-interest', writesBasis),
  ...each('justice.answer-order justice.review-interest', seconds),
  ...each('justice.handed justice.receipts', codes(all(police, strong))),
  ...each('justice.record-consent', only(charge)),
  'justice.read-handed': it => {
    // Somebody's own yes says who they are, whatever else a row might say.
    const opens = [...it.opens].filter(one => !it.demanded || one === 'ID')
    return police(it) && it.strong && it.there && opens.length > 0
      ? [...new Set([...opens, 'STA' as const])]
      : undefined
  },

  'oversight.break-glass': codes(all(breakers, strong, found)),
  'oversight.read-glass': it => (it.there && it.author && it.sameRole && it.opens.size > 0 ? [...it.opens] : undefined),
  'oversight.my-glasses': codes(breakers),
  'oversight.list-glasses': codes(protects),
  'oversight.review-glass': codes(all(protects, found, it => !it.author && it.judge)),
  'oversight.glasses-of-case': codes(charge),
  ...each('oversight.tell-person oversight.case-log', only(charge)),
  ...each('oversight.alerts oversight.see-alert', only(any(breakers, protects))),
  ...each('oversight.list-bars oversight.end-bar', only(barring)),
  'oversight.bar': only(all(barring, found)),
  ...each('oversight.list-sealings oversight.list-erasures', codes(watching)),
  'oversight.propose-sealing': codes(all(watching, found)),
  'oversight.answer-sealing': codes(
    all(
      found,
      it => !it.author,
      it => (it.byOfficer ? sides(it) && it.place : protects(it)),
    ),
  ),
  'oversight.propose-erasure': codes(all(protects, found)),
  'oversight.answer-erasure': only(all(sides, strong, it => it.place && !(it.there && it.author))),
  ...each('oversight.list-due oversight.list-canaries oversight.list-held oversight.read-events', only(protects)),
  'oversight.answer-held': only(all(protects, strong)),
  ...each('oversight.export-events oversight.unusual', only(protects)),
  'oversight.export-subject': it => (charge(it) ? within([it.held], ['ID', 'SVC', 'STA']) : undefined),
  ...each('oversight.list-holds oversight.end-hold', only(watching)),
  'oversight.place-hold': only(all(watching, found)),
  'oversight.plant-canary': when(protects, 'ID'),
  // Who lets others in: never for themselves, never one person; a supervisor for the people of their own house alone.
  ...each('account.list account.read account.list-waiting account.list-recoveries', only(recovers)),
  ...each('account.invite account.end-sessions', administers),
  ...each(
    'account.renew-invitation account.grant account.end-assignment account.disable',
    only(all(of('administrator'), another)),
  ),
  ...each(
    'account.confirm-assignment account.refuse-assignment',
    only(
      all(
        another,
        it => !it.author,
        any(
          of('administrator'),
          all(of('supervisor'), it => it.theirs),
        ),
      ),
    ),
  ),
  'account.ask-recovery': only(all(another, answersFor)),
  'account.confirm-recovery': only(all(another, answersFor, it => !it.author)),
  ...each('device.register record.pull record.pull-rows', only(screens)),
  ...each('device.list-of device.revoke-of', administers),
  'parcel.list': only(of('supervisor')),
  ...each('parcel.release parcel.discard', only(all(of('supervisor'), it => it.theirs && !it.author))),
  'notify.standing': administers,

  'matching.list': codes(compares),
  'matching.compare': when(all(compares, found), 'ID', 'STA'),
  'matching.judge': codes(all(compares, found)),
  ...each('matching.of-case matching.history matching.propose-merge matching.link', inUnit),
  'matching.answer-merge': codes(all(ofBoth, it => !it.author)),
  ...each('matching.unmerge matching.unlink', codes(ofBoth)),

  'visit.of-case': it => (leads(it) ? (charge(it) ? ['SVC', 'STA'] : ['STA']) : undefined),
  ...each('visit.make-code visit.revoke-code visit.note-check', codes(leads)),
  'visit.answer-question': ofCare,

  'tasks.today': codes(() => true),
  'tasks.count': only(() => true),
  ...each('tasks.of-case tasks.make', tasksOf),
  'tasks.people': only(worksOn),
  'tasks.make-own': only(it => it.theirs),
  ...Object.fromEntries(Object.entries(taskMoves).map(([move, may]) => [`tasks.${move}`, codes(may)])),

  'oversight.find-people': only(any(watching, of('intake'))),
}
