import type { ProblemBody } from '#platform/problem/problem.ts'
import type { Words } from '#platform/words/words.ts'
import type { FieldError } from './ErrorSummary.tsx'

export interface ProblemText {
  title: string
  detail?: string
  /** Fields that are wrong, for the error summary. */
  errors: FieldError[]
  /** Whether doing the same again could help. */
  again: boolean
}

const wordsByStatus = (status: number): string => {
  if (status === 401) return 'ui.problem.session'
  if (status === 403 || status === 404) return 'ui.problem.denied'
  if (status === 409 || status === 412 || status === 428) return 'ui.problem.conflict'
  if (status === 429) return 'ui.problem.slow'
  return status < 500 ? 'ui.problem.refused' : 'ui.problem.other'
}

/**
 * Plain text for anything that a call can throw: an RFC 9457 body, an error that carries one as `body`, a failed
 * fetch (no connection), or a defect of ours, whose message is never shown.
 */
export function problemText(thrown: unknown, { t }: Pick<Words, 't'>): ProblemText {
  const carried = (thrown as { body?: unknown } | null)?.body ?? thrown
  const body = carried as Partial<ProblemBody> | null | undefined
  if (typeof body?.status !== 'number') {
    // Browsers give a failed fetch as TypeError, and nothing else they throw tells it apart.
    const offline = thrown instanceof TypeError
    return {
      title: t('ui.problem.title'),
      detail: t(offline ? 'ui.problem.offline' : 'ui.problem.other'),
      errors: [],
      again: true,
    }
  }
  const { status, title, detail } = body
  return {
    title: title || t('ui.problem.title'),
    detail: detail ?? (title ? undefined : t(wordsByStatus(status))),
    errors: (body.errors ?? []).map(error => ({ field: error.field, message: error.detail })),
    again: status >= 500 || status === 429,
  }
}
