import { Tag, type Tone } from '#ui/Tag.tsx'
import { useWords } from '#ui/words-context.tsx'
import type { Why } from '../rank.ts'
import './referral.css'

const tones: Readonly<Record<Why, Tone>> = {
  asked: 'warning',
  'not-for-age': 'warning',
  'not-for-sex': 'warning',
  'not-for-nationality': 'warning',
  eligible: 'good',
  near: 'good',
  elsewhere: 'neutral',
  quick: 'good',
  slow: 'neutral',
  agreed: 'good',
  'not-agreed': 'warning',
  'place-free': 'good',
  'no-place': 'warning',
  open: 'good',
  closed: 'neutral',
  'on-call': 'good',
  language: 'good',
  'other-language': 'neutral',
}

/** What speaks for and against a service. */
export function WhyTags({ why }: { why: readonly Why[] }) {
  const { t } = useWords()
  return (
    <span className="why">
      {why.map(one => (
        <Tag key={one} tone={tones[one]}>
          {t(`referral.why.${one}`)}
        </Tag>
      ))}
    </span>
  )
}
