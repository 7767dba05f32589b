import type { Binding } from '#platform/http/handle.ts'
import { addNote } from './add-note.ts'
import { assign } from './assign.ts'
import { changeIdentity } from './change-identity.ts'
import { changeLocation } from './change-location.ts'
import { confirm } from './confirm.ts'
import { decide } from './decide.ts'
import { exportCsv } from './export-csv.ts'
import { handOver } from './hand-over.ts'
import { list } from './list.ts'
import { open } from './open.ts'
import { read } from './read.ts'
import { search } from './search.ts'

export { identityOfChild } from './child.ts'
export { addToTimeline, caseFacts, clockSpan, makeFolder, openFolder, takeSlot, tellOverdue } from './folder.ts'
export { openIdentity } from './identity.ts'
export { markPending } from './pending.ts'
export { viewOf } from './view.ts'

export const bindings: readonly Binding[] = [
  list,
  search,
  exportCsv,
  read,
  open,
  changeIdentity,
  changeLocation,
  addNote,
  assign,
  handOver,
  decide,
  confirm,
]
