import { Card } from '#ui/Card.tsx'
import { Tag, type Tone } from '#ui/Tag.tsx'
import { useWords } from '#ui/words-context.tsx'
import type { Delivery } from '../contract-plan.ts'
import { useMoney } from './money.ts'
import { useBodies } from './use-bodies.ts'

// What a person did not want is no failure, so no colour says so.
const tones: Record<Delivery['outcome'], Tone> = {
  delivered: 'good',
  'declined-by-person': 'neutral',
  unavailable: 'warning',
}

/** What was written down, the newest first. */
export function DeliveryList({ items, currency }: { items: readonly Delivery[]; currency: string | null }) {
  const words = useWords()
  const { t } = words
  const { nameOf } = useBodies()
  const money = useMoney()
  return (
    <Card title={t('care.services.list')}>
      <ul className="things">
        {items.map(one => (
          <li key={one.id} className="thing">
            <div>
              <p>
                {t(`service.kind.${one.service}`)}
                {one.unit && one.quantity !== null && `, ${t(`care.quantity.${one.unit}`, { count: one.quantity })}`}
                {one.cost !== null && `, ${money(one.cost, currency)}`}
              </p>
              {one.note && <p className="told">{one.note}</p>}
              <p className="care-soft">
                {words.date(one.on)}, {nameOf(one.organisation)}
              </p>
            </div>
            <Tag tone={tones[one.outcome]}>{t(`care.outcome.${one.outcome}`)}</Tag>
          </li>
        ))}
      </ul>
    </Card>
  )
}
