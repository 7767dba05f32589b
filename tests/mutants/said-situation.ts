import { all, any, each, of, only, type Said, type Stand, services } from './said-words.ts'

// Assessments of the care environment: the office makes them, two people apart; others read what is finished.

const office = of('secretariat')
const unit = of('intake', 'coordinator')
const finished = (it: Stand) => it.state === 'done'
const assessor = any(
  it => it.author,
  it => it.earlier && !it.anyones,
)
/** The second is whoever comes, until there is one; nobody for the house they work for. */
const answers = all(
  office,
  it => !it.theirs,
  any(assessor, it => it.anyones),
)
const reads = any(
  office,
  all(
    finished,
    any(
      unit,
      all(services, it => it.theirs),
    ),
  ),
)

export const situationSaid: Readonly<Record<string, Said>> = {
  ...each('situation.list situation.actions', only(any(office, unit, services))),
  'situation.coverage': only(any(office, unit)),
  ...each('situation.read situation.report', only(reads)),
  ...each('situation.make situation.picture situation.add-action situation.drop-action', only(office)),
  ...each('situation.hand-in situation.add-picture', only(answers)),
  ...each('situation.settle situation.finish situation.drop', only(all(office, assessor))),
  'situation.finish-action': only(
    any(
      office,
      all(any(unit, services), it => it.theirs),
    ),
  ),
}
