import { Denied } from '../policy/decide.ts'
import { problemFromDatabase } from '../problem/database.ts'
import { Problem, type ProblemBody } from '../problem/problem.ts'
import type { Words } from '../words/words.ts'

/** Any thrown thing as a problem: a deny and a missing record are one and the same to the caller. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  if (error instanceof Denied) return new Problem('not-found')
  return problemFromDatabase(error) ?? new Problem(unavailable(error) ? 'busy' : 'broken')
}

/** The database is away, or every connection is taken. */
const unavailable = (error: unknown): boolean => {
  const { code, message } = (error ?? {}) as { code?: string; message?: string }
  return (
    code === 'ECONNREFUSED' ||
    code === 'ECONNRESET' ||
    code === 'EPIPE' ||
    /timeout exceeded when trying to connect|Connection terminated|connection error/i.test(message ?? '')
  )
}

/** The RFC 9457 body in the language of the request. */
export function problemBody(problem: Problem, words: Words, request: string): ProblemBody {
  const body: ProblemBody = {
    type: `urn:samaan:problem:${problem.code}`,
    title: words.t(`problem.${problem.code}`),
    status: problem.status,
    code: problem.code,
    request,
  }
  if (problem.about) body.detail = words.t(`problem.${problem.code}.named`, problem.about)
  if (problem.fields.length > 0)
    body.errors = problem.fields.map(({ field, code, limit }) => ({
      field,
      code,
      detail: words.t(`problem.field.${code}`, { limit: limit ?? 0 }),
    }))
  return body
}

export function problemResponse(problem: Problem, words: Words, request: string): Response {
  const headers: Record<string, string> = {
    'content-type': 'application/problem+json',
    'content-language': words.lang,
  }
  if (problem.status === 503 || problem.status === 429) headers['retry-after'] = '2'
  return new Response(JSON.stringify(problemBody(problem, words, request)), { status: problem.status, headers })
}
