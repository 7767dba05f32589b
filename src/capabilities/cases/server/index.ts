import { attachTo } from '#platform/files/server/attached/attached.ts'
import type { Binding } from '#platform/http/handle.ts'
import { addNote } from './add-note.ts'
import { alike } from './alike/alike.ts'
import { assign, lastHandOver } from './assign.ts'
import { attach } from './attachments/attach.ts'
import { listAttachments } from './attachments/list.ts'
import { readAttachment } from './attachments/read.ts'
import { shelfOf } from './attachments/shelf.ts'
import type { AttachmentRow } from './attachments/store.ts'
import { changeLocation } from './change-location.ts'
import { confirm } from './confirm.ts'
import { decide } from './decide.ts'
import { answerEscalation } from './escalation/answer.ts'
import { escalations } from './escalation/list.ts'
import { exportCsv } from './export-csv.ts'
import { handOver } from './hand-over.ts'
import { changeIdentity } from './identity/change-whole.ts'
import { conflicts, myConflicts } from './identity/conflicts.ts'
import { editIdentity } from './identity/edit.ts'
import { identity } from './identity/read.ts'
import { settleConflict } from './identity/settle.ts'
import { list } from './list.ts'
import { open } from './open.ts'
import { changeTrack } from './procedure/change-track.ts'
import { evidence } from './procedure/evidence.ts'
import { extendClock } from './procedure/extend.ts'
import { clocks } from './procedure/list-clocks.ts'
import { move } from './procedure/move.ts'
import { decisionNotice } from './procedure/notice.ts'
import { pauseClock } from './procedure/pause.ts'
import { resumeClock } from './procedure/resume.ts'
import { read } from './read.ts'
import { search } from './search.ts'
import { where } from './where.ts'

export { type ComparedField, comparedFields, compareIdentities, type Verdict } from './alike/compare.ts'
export { termsAgain, type Unheld } from './alike/index-again.ts'
export { type FilesOfPerson, filesOfPerson } from './attachments/for-the-person.ts'
export { casesWaiting } from './caseload/waiting.ts'
export { identityOfChild } from './child.ts'
export { closeFolder, reopenFolder } from './close.ts'
export {
  addToTimeline,
  callingCodeOf,
  caseFacts,
  type KeyOf,
  makeFolder,
  openFolder,
  takeSlot,
  tellOfReferral,
} from './folder.ts'
export { startGuardianClock, stopGuardianClock } from './guardian-clock.ts'
export { openIdentity, openIdentityRow } from './identity/fields.ts'
export { sealInvented } from './invented.ts'
export { openNotes } from './open-notes.ts'
export { markPending } from './pending.ts'
export { clockStart } from './procedure/clock-work.ts'
export { overdueClocks } from './procedure/overdue.ts'
export { listClocks } from './procedure/store.ts'
export { listTimeline } from './store.ts'
export { viewOf } from './view.ts'
export { openWhere } from './where.ts'

attachTo<AttachmentRow>('cases.attachment', {
  events: {
    ready: 'case.attachment-kept',
    refused: 'case.attachment-refused',
    quarantined: 'case.attachment-held',
  },
  of: row => ({ case: row.case_id, compartment: shelfOf(row.compartment).compartment }),
})

export const bindings: readonly Binding[] = [
  list,
  search,
  alike,
  exportCsv,
  read,
  open,
  identity,
  changeIdentity,
  editIdentity,
  conflicts,
  myConflicts,
  settleConflict,
  changeLocation,
  where,
  addNote,
  attach,
  listAttachments,
  readAttachment,
  assign,
  lastHandOver,
  handOver,
  decide,
  confirm,
  move,
  evidence,
  pauseClock,
  resumeClock,
  extendClock,
  clocks,
  changeTrack,
  escalations,
  answerEscalation,
  decisionNotice,
]
