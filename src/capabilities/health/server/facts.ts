import { caseFacts } from '#capabilities/cases/server/index.ts'
import { agreedWith } from '#capabilities/consent/contract.ts'
import { ledgerOf } from '#capabilities/consent/server/index.ts'
import { findOrganisation } from '#capabilities/directory/server/index.ts'
import type { Read } from '#platform/db/context.ts'
import type { Actor } from '#platform/policy/decide.ts'
import type { HealthFacts } from '../policy.ts'

type Loaded = HealthFacts & Awaited<ReturnType<typeof caseFacts>> & { readonly agreement: string | undefined }

interface Asking {
  readonly read: Read
  readonly actor: Actor
  readonly now: Date
  readonly input: { readonly params: { readonly case: string } }
}
/** The case, whether the actor's organisation treats people, and whether the person agreed that it reads. */
export const ofCase = {
  facts: async ({ read, actor, now, input: { params } }: Asking): Promise<Loaded> => {
    const [found, body, ledger] = await Promise.all([
      caseFacts(read, params.case),
      findOrganisation(read, actor.organisation),
      ledgerOf(read, params.case, now),
    ])
    const agreement = ledger.find(
      one => one.live && one.purposes.includes('services') && agreedWith(one, actor.organisation).includes('HLT'),
    )
    return { ...found, clinic: body?.kind === 'health', agreed: agreement !== undefined, agreement: agreement?.id }
  },
  caseOf: (_: unknown, { params }: { params: { case: string } }): string => params.case,
}
/** Rules ask for less than was loaded. */
export const loaded = (facts: unknown): Loaded => facts as Loaded
