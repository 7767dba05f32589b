import type { Read } from '#platform/db/context.ts'
import { listDecisions } from './store.ts'

/** Who had a part in the decisions of a case that stand: who made them, and who made or seconded them. */
export async function earlierDeciders(
  read: Read,
  caseId: string,
): Promise<{ makers: ReadonlySet<string>; anyPart: ReadonlySet<string> }> {
  const stood = (await listDecisions(read, caseId)).filter(one => one.state === 'confirmed')
  const makers = stood.map(one => one.by_account)
  return {
    makers: new Set(makers),
    anyPart: new Set([...makers, ...stood.flatMap(one => (one.second_by ? [one.second_by] : []))]),
  }
}
