import { Tag, type Tone } from '#ui/Tag.tsx'
import { useWords } from '#ui/words-context.tsx'
import type { ReferralStatus } from '../contract.ts'

const tones: Record<ReferralStatus, Tone> = {
  sent: 'info',
  acknowledged: 'info',
  accepted: 'good',
  'partly-accepted': 'good',
  'in-service': 'good',
  done: 'good',
  ended: 'neutral',
  expired: 'warning',
  declined: 'warning',
  revoked: 'neutral',
}

/** Where a referral stands, in a word. */
export function ReferralTag({ status }: { status: ReferralStatus }) {
  const { t } = useWords()
  return <Tag tone={tones[status]}>{t(`referral.status.${status}`)}</Tag>
}
