import type { Read } from '#platform/db/context.ts'
import { findAccess } from '#platform/policy/access.ts'
import { notFound } from '#platform/problem/problem.ts'
import type { ConsentFacts } from '../policy.ts'
import { isChild } from './store.ts'

/** What the ledger's rules ask of a case, and whether it is one of a child. */
export interface LedgerFacts extends ConsentFacts {
  readonly child: boolean | null
}
export async function factsOf(read: Read, caseId: string): Promise<LedgerFacts> {
  const [access, child] = await Promise.all([findAccess(read, caseId), isChild(read, caseId)])
  return { access, child }
}

/** @throws Problem not-found where there is no such case, which who has access cannot meet */
export function requireChild(facts: ConsentFacts): boolean {
  const { child } = facts as LedgerFacts
  if (child === null) throw notFound()
  return child
}
