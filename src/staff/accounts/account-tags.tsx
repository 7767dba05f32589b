import type { auth } from '#platform/auth/contract.ts'
import type { Answer } from '#platform/contract/client.ts'
import { Tag, type Tone } from '#ui/Tag.tsx'
import { useWords } from '#ui/words-context.tsx'

export type AccountRow = Answer<typeof auth.listAccounts>['items'][number]
export const accountStatuses = ['invited', 'active', 'disabled'] as const satisfies readonly AccountRow['status'][]

const tones: Record<AccountRow['status'], Tone> = { invited: 'info', active: 'good', disabled: 'neutral' }

/** A role that a second person has still to confirm. */
export function WaitingTag() {
  const { t } = useWords()
  return (
    <Tag tone="warning" icon="clock">
      {t('people.waiting.tag')}
    </Tag>
  )
}

/** Whether somebody can come in: not yet, yes, no more. */
export function AccountTag({ status }: { status: AccountRow['status'] }) {
  const { t } = useWords()
  return <Tag tone={tones[status]}>{t(`people.status.${status}`)}</Tag>
}
