import type { Subject } from '../contract.ts'
import type { AssessmentForm } from '../form.ts'
import { areaForm } from './area.ts'
import { providerForm } from './provider.ts'

/** Every version that was ever used stays here: an assessment is read by the questions that it was made with. */
const forms: Readonly<Record<Subject, readonly AssessmentForm[]>> = { provider: [providerForm], area: [areaForm] }

/** What new assessments are made with. */
export const currentForm = (subject: Subject): AssessmentForm => forms[subject].at(-1)!
/** @throws Error for a version that does not ship */
export function formOf(subject: Subject, version: string): AssessmentForm {
  const found = forms[subject].find(one => one.version === version)
  if (!found) throw new Error('no such version of the questions')
  return found
}
