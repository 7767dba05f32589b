import { attachTo } from '#platform/files/server/attached/attached.ts'
import type { Binding } from '#platform/http/handle.ts'
import { handed, readHanded, receipts, receive, saveHanded } from './handed/read.ts'
import { barFromLead, endLeadBar } from './leads/bars.ts'
import { attachToLead, readLeadFile } from './leads/files.ts'
import { moveProceedings } from './leads/proceedings.ts'
import { listLeads, readLead } from './leads/read.ts'
import { shelf } from './leads/shelf.ts'
import { addLeadNote, assignLead, changeLead, endLeadShare, makeLead, moveLead, shareLead } from './leads/write.ts'
import { ofCase } from './orders/of-case.ts'
import { recordConsent, recordInterest, recordOrder } from './orders/record.ts'
import { answerOrder, reviewInterest, revokeOrder } from './orders/second.ts'
import { people } from './people.ts'
import type { ListedFile } from './store.ts'

export { justiceWaiting } from './waiting/waiting.ts'

// No case: a lead stands in the audit as what it rests on.
attachTo<ListedFile>(shelf.table, {
  events: {
    ready: 'justice.lead-file-kept',
    refused: 'justice.lead-file-refused',
    quarantined: 'justice.lead-file-held',
  },
  of: row => ({ basis: row.lead_id, compartment: shelf.compartment, purpose: 'investigation' }),
})

export const bindings: readonly Binding[] = [
  listLeads,
  readLead,
  makeLead,
  changeLead,
  addLeadNote,
  attachToLead,
  readLeadFile,
  assignLead,
  moveLead,
  moveProceedings,
  shareLead,
  endLeadShare,
  barFromLead,
  endLeadBar,
  people,
  ofCase,
  recordOrder,
  answerOrder,
  revokeOrder,
  recordInterest,
  reviewInterest,
  recordConsent,
  handed,
  receive,
  readHanded,
  saveHanded,
  receipts,
]
