import type { Binding } from '#platform/http/handle.ts'
import { alerts, seeAlert } from './alerts.ts'
import { bar, endBar, listBars } from './bars.ts'
import { breakGlass } from './break-glass.ts'
import { listCanaries, plantCanary } from './canaries.ts'
import { caseLog, exportEvents, findPeople, readEvents } from './console.ts'
import { answerErasure, listErasures, proposeErasure } from './erasure/erase.ts'
import { exportSubject } from './erasure/for-the-person.ts'
import { endHold, listHolds, placeHold } from './erasure/holds.ts'
import { listDue, retentionJob } from './erasure/retention.ts'
import { glassesOfCase, listGlasses, myGlasses, reviewGlass, tellPerson } from './glasses.ts'
import { answerHeld, listHeld } from './held.ts'
import { readGlass } from './read-glass.ts'
import { answerSealing, listSealings, proposeSealing, sealedAloneJob } from './sealing.ts'
import { unusual } from './unusual.ts'

export { oversightWaiting } from './waiting/waiting.ts'
export { retentionJob, sealedAloneJob }

export const bindings: readonly Binding[] = [
  breakGlass,
  readGlass,
  myGlasses,
  listGlasses,
  reviewGlass,
  glassesOfCase,
  tellPerson,
  alerts,
  seeAlert,
  listBars,
  bar,
  endBar,
  listSealings,
  proposeSealing,
  answerSealing,
  listErasures,
  proposeErasure,
  answerErasure,
  listDue,
  exportSubject,
  listHolds,
  placeHold,
  endHold,
  listHeld,
  answerHeld,
  listCanaries,
  plantCanary,
  readEvents,
  exportEvents,
  unusual,
  findPeople,
  caseLog,
]
