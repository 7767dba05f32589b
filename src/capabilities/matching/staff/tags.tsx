import type { IconName } from '#ui/Icon.tsx'
import { Icon } from '#ui/Icon.tsx'
import { Tag, type Tone } from '#ui/Tag.tsx'
import { useWords } from '#ui/words-context.tsx'
import { type Comparison, type MatchRow, type Merge, strengths, type verdicts } from '../contract.ts'
import './matching.css'

type Verdict = (typeof verdicts)[number]
const ofVerdict: Record<Verdict, IconName> = { same: 'check', alike: 'sort', differ: 'close', unknown: 'more' }

/** How two values stand to each other: a drawing, a word and a pattern; colour only helps. */
export function VerdictMark({ verdict, count }: { verdict: Verdict; count?: number }) {
  const { t } = useWords()
  return (
    <span className={`match-verdict match-verdict-${verdict}`}>
      <Icon name={ofVerdict[verdict]} />
      {t(`matching.verdict.${verdict}`)}
      {count !== undefined && <span>{count}</span>}
    </span>
  )
}

/** How much speaks for it: three bars, some of them full, and the word. */
export function Strength({ strength }: { strength: MatchRow['strength'] }) {
  const { t } = useWords()
  const full = strengths.length - strengths.indexOf(strength)
  return (
    <span className="match-strength">
      <span className="match-strength-bars" aria-hidden="true">
        {strengths.map((one, at) => (
          <span key={one} className={at < full ? 'match-strength-bar match-strength-full' : 'match-strength-bar'} />
        ))}
      </span>
      {t(`matching.strength.${strength}`)}
    </span>
  )
}

const ofState: Record<Comparison['state'], [Tone, IconName]> = {
  waiting: ['info', 'clock'],
  same: ['good', 'check'],
  'not-same': ['neutral', 'close'],
  'cannot-tell': ['neutral', 'more'],
}
export function MatchStateTag({ state }: { state: Comparison['state'] }) {
  const { t } = useWords()
  const [tone, icon] = ofState[state]
  return (
    <Tag tone={tone} icon={icon}>
      {t(`matching.state.${state}`)}
    </Tag>
  )
}
const ofMerge: Record<Merge['state'], [Tone, IconName]> = {
  proposed: ['info', 'clock'],
  returned: ['neutral', 'back'],
  standing: ['good', 'check'],
  undone: ['neutral', 'close'],
  ended: ['neutral', 'close'],
}
export function MergeTag({ state }: { state: Merge['state'] }) {
  const { t } = useWords()
  const [tone, icon] = ofMerge[state]
  return (
    <Tag tone={tone} icon={icon}>
      {t(`matching.merge.state.${state}`)}
    </Tag>
  )
}
