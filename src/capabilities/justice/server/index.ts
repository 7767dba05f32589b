import type { Binding } from '#platform/http/handle.ts'
import { handed, readHanded, receipts, receive, saveHanded } from './handed/read.ts'
import { barFromLead, endLeadBar } from './leads/bars.ts'
import { moveProceedings } from './leads/proceedings.ts'
import { listLeads, readLead } from './leads/read.ts'
import { addLeadNote, assignLead, changeLead, endLeadShare, makeLead, moveLead, shareLead } from './leads/write.ts'
import { ofCase } from './orders/of-case.ts'
import { recordConsent, recordInterest, recordOrder } from './orders/record.ts'
import { answerOrder, reviewInterest, revokeOrder } from './orders/second.ts'
import { people } from './people.ts'

export { justiceWaiting } from './waiting/waiting.ts'

export const bindings: readonly Binding[] = [
  listLeads,
  readLead,
  makeLead,
  changeLead,
  addLeadNote,
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
