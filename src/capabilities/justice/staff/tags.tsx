import { Tag, type Tone } from '#ui/Tag.tsx'
import { useWords } from '#ui/words-context.tsx'
import type { Interest, LeadStatus, Order } from '../contract.ts'

const leadTone: Record<LeadStatus, Tone> = { open: 'info', 'in-work': 'warning', closed: 'neutral' }
const orderTone = { proposed: 'warning', confirmed: 'good', returned: 'neutral', revoked: 'neutral' } as const
const interestTone = { open: 'warning', upheld: 'good', 'not-upheld': 'neutral' } as const

/** Where the work on a lead stands. */
export function LeadTag({ status }: { status: LeadStatus }) {
  const { t } = useWords()
  return <Tag tone={leadTone[status]}>{t(`justice.status.${status}`)}</Tag>
}
/** Where an order stands; a confirmed one whose time has passed is over. */
export function OrderTag({ order }: { order: Order }) {
  const { t } = useWords()
  const over = order.state === 'confirmed' && !order.live
  if (over) return <Tag tone="neutral">{t('justice.order-state.over')}</Tag>
  return <Tag tone={orderTone[order.state]}>{t(`justice.order-state.${order.state}`)}</Tag>
}
/** Where a vital interest stands. */
export function InterestTag({ interest }: { interest: Interest }) {
  const { t } = useWords()
  if (!interest.live && interest.state !== 'not-upheld')
    return <Tag tone="neutral">{t('justice.order-state.over')}</Tag>
  return <Tag tone={interestTone[interest.state]}>{t(`justice.interest-state.${interest.state}`)}</Tag>
}
