import type { Binding } from '#platform/http/handle.ts'
import { assess } from './assess.ts'
import { assessments } from './assessments.ts'
import { changeSafety } from './change-safety.ts'
import { endGuardian, nameGuardian, weighInterest } from './child/change.ts'
import { child } from './child/read.ts'
import { proposeClosure } from './closing/propose.ts'
import { closing } from './closing/read.ts'
import { reopen, secondClosure } from './closing/second.ts'
import { codeWord } from './code-word.ts'
import { agreePlan, moveAction } from './plan/agree.ts'
import { deliver } from './plan/deliver.ts'
import { asked, deliveries } from './plan/deliveries.ts'
import { followUps, markFollowUp, planFollowUps } from './plan/follow-ups.ts'
import { printPlan } from './plan/print.ts'
import { plans } from './plan/read.ts'
import { savePlan } from './plan/save.ts'
import { safety } from './safety.ts'

export { daysAfter } from './facts.ts'
export { type CareOfPerson, careOfPerson } from './for-the-person.ts'
export { openSafety } from './open-safety.ts'
export { careWaiting } from './waiting.ts'

export const bindings: readonly Binding[] = [
  assess,
  assessments,
  safety,
  changeSafety,
  codeWord,
  plans,
  savePlan,
  agreePlan,
  printPlan,
  moveAction,
  deliveries,
  asked,
  deliver,
  followUps,
  planFollowUps,
  markFollowUp,
  closing,
  proposeClosure,
  secondClosure,
  reopen,
  child,
  weighInterest,
  nameGuardian,
  endGuardian,
]
