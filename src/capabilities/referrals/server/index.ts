import type { Binding } from '#platform/http/handle.ts'
import type { Job } from '#platform/jobs/jobs.ts'
import { listen } from '#platform/jobs/news.ts'
import { accept } from './accept.ts'
import { acknowledge } from './acknowledge.ts'
import { begin } from './begin.ts'
import { caseFile } from './case-file.ts'
import { decline } from './decline.ts'
import { end } from './end.ts'
import { read as readFeedback } from './feedback/read.ts'
import { takeBack as takeBackFeedback, tell as tellFeedback } from './feedback/tell.ts'
import { finish } from './finish.ts'
import { answerOnPaper } from './link/answer-on-paper.ts'
import { doors } from './link/doors.ts'
import { endLink } from './link/end-link.ts'
import { makeLink } from './link/make-link.ts'
import { makePaper } from './link/make-paper.ts'
import { list } from './list.ts'
import { services as matching } from './match/match.ts'
import { overdue } from './overdue.ts'
import { exportCsv as performanceCsv, read as performanceRead } from './performance/read.ts'
import { read } from './read.ts'
import { received } from './received.ts'
import { revoke } from './revoke.ts'
import { askSeveral } from './rounds/ask-several.ts'
import { ofCase } from './rounds/of-case.ts'
import { stopRound } from './rounds/stop-round.ts'
import { send } from './send.ts'
import { endConsent } from './store.ts'
import { read as readWhere } from './whereabouts/read.ts'
import { say as sayWhere, takeBack as takeBackWhere } from './whereabouts/say.ts'

export { ownHelps, sayOwnFeedback, takeBackOwnFeedback } from './feedback/own.ts'
export { linkMailJob } from './link/mail.ts'
export { unmetOfCountry } from './performance/read.ts'
export { nextTurnJob } from './rounds/next-turn.ts'
export { listOfCase } from './store.ts'
export { referralsWaiting } from './waiting.ts'

listen('consent.withdrawn', (tx, { consent }) => endConsent(tx, consent))

export const bindings: readonly Binding[] = [
  send,
  list,
  read,
  caseFile,
  received,
  acknowledge,
  accept,
  decline,
  revoke,
  begin,
  finish,
  end,
  matching,
  performanceRead,
  performanceCsv,
  askSeveral,
  ofCase,
  stopRound,
  doors,
  makeLink,
  endLink,
  makePaper,
  answerOnPaper,
  readFeedback,
  tellFeedback,
  takeBackFeedback,
  readWhere,
  sayWhere,
  takeBackWhere,
]
export const jobs: readonly Job[] = [overdue]
