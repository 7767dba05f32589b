import { Problem } from './problem.ts'

/** The parts of a PostgreSQL error that decide; its message may hold content and is never read. */
interface DatabaseError {
  code?: string
  constraint?: string
}

/**
 * Turns a database error into a problem by SQLSTATE class, never by its text.
 * Unique and foreign-key failures say nothing about hidden rows beyond "conflict" and "not found".
 */
export function problemFromDatabase(error: unknown): Problem | undefined {
  const state = (error as DatabaseError)?.code
  if (typeof state !== 'string' || !/^[0-9A-Z]{5}$/.test(state)) return undefined
  if (state === '23505') return new Problem('conflict')
  if (state === '23503' || state === '42501') return new Problem('not-found')
  if (state.startsWith('22') || state === '23514' || state === '23502') return new Problem('invalid-input')
  if (state.startsWith('40') || state.startsWith('53') || state.startsWith('57') || state.startsWith('08'))
    return new Problem('busy')
  // The database's own: the second person and the first are not two people.
  if (state === 'SM001') return new Problem('let-in')
  if (state === '55P03') return new Problem('busy')
  return undefined
}
