import type { Words } from '#platform/words/words.ts'
import type { Waiting } from '../contract-today.ts'

/** What a thing is, in words; `code` says which of its kind. */
export function whatOf({ kind, code }: Waiting, { t }: Pick<Words, 't'>): string {
  switch (kind) {
    case 'task':
      return t(`tasks.kind.${code}`)
    case 'follow-up':
      return t(`care.follow-up.${code}`)
    case 'action':
      return t(`service.kind.${code}`)
    case 'asked':
      return t('tasks.what.asked', { service: t(`service.kind.${code}`) })
    case 'clock':
      return t(`case.clock.${code}`)
    case 'escalation':
      return t('tasks.what.escalation', { clock: t(`case.clock.${code}`) })
    case 'alert':
      return t(`alert.kind.${code}`)
    case 'referral':
      return t(code.startsWith('reminded') ? `tasks.what.referral.${code}` : 'tasks.what.referral')
    case 'unanswered':
      return t(code === 'unreached' ? 'tasks.what.unanswered.unreached' : 'tasks.what.unanswered')
    case 'answer':
      return t(`tasks.what.answer.${code}`)
    case 'sealing':
      return t(`tasks.what.sealing.${code}`)
    default:
      return t(`tasks.what.${kind}`)
  }
}

const tabs: Partial<Record<Waiting['kind'], string>> = {
  clock: 'decision',
  decision: 'decision',
  closure: 'closing',
  order: 'given',
  interest: 'given',
}
const ofCase: Partial<Record<Waiting['kind'], string>> = {
  task: 'tasks',
  'follow-up': 'care/follow-ups',
  'safety-review': 'care/safety',
  action: 'care/plan',
  asked: 'asked',
}
const pages: Partial<Record<Waiting['kind'], string>> = {
  alert: '/alerts',
  escalation: '/escalations',
  glass: '/oversight/glasses',
  sealing: '/oversight/sealings',
  erasure: '/oversight/erasures',
}

/** Where it is looked at; undefined for what has no page of its own. */
export function placeOf({ kind, id, case: caseId, under }: Waiting): { to: string; tab?: string } | undefined {
  if (kind === 'referral' || kind === 'unanswered' || kind === 'answer') return { to: `/referrals/${id}` }
  if (kind === 'lead') return { to: `/leads/${id}` }
  if (kind === 'handed') return { to: `/handed/${id}` }
  const page = pages[kind]
  if (page) return { to: page }
  if (caseId === null) return undefined
  // A safety plan is written anew only in the case that goes on.
  if (kind === 'safety-review' && under) return { to: `/cases/${under.case}/${ofCase[kind]}` }
  const part = ofCase[kind]
  if (part) return { to: `/cases/${caseId}/${part}` }
  return { to: `/cases/${caseId}`, ...(tabs[kind] ? { tab: tabs[kind] } : {}) }
}

/** What a change to a task makes old. */
export const stale = ['tasks.today', 'tasks.count', 'tasks.ofCase', 'referrals.caseFile'] as const
