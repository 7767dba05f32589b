import { Link } from '@tanstack/react-router'
import { useSession } from '#staff/session.ts'
import type { IconName } from '#ui/Icon.tsx'
import { Icon } from '#ui/Icon.tsx'
import { Tag, type Tone } from '#ui/Tag.tsx'
import { useWords } from '#ui/words-context.tsx'
import type { Action, AssessmentState, Said, Score } from '../contract.ts'
import { saidNames } from '../definition.ts'
import './situation.css'

const planners = ['secretariat', 'intake', 'coordinator']
const pages = [
  { to: '/assessments', words: 'situation.list.title' },
  { to: '/situation/actions', words: 'situation.actions.title' },
  { to: '/situation/coverage', words: 'situation.coverage.title', roles: planners },
] as const

/** The three pages of this slice, each a step from the others. */
export function Pages({ here }: { here: (typeof pages)[number]['to'] }) {
  const { t } = useWords()
  const { role } = useSession()
  return (
    <nav className="situation-pages" aria-label={t('situation.nav')}>
      {pages
        .filter(one => !('roles' in one) || one.roles.includes(role))
        .map(one => (
          <Link key={one.to} to={one.to as never} aria-current={one.to === here ? 'page' : undefined}>
            {t(one.words)}
          </Link>
        ))}
    </nav>
  )
}

const ofState: Record<AssessmentState, [Tone, IconName]> = {
  open: ['info', 'clock'],
  comparing: ['warning', 'sort'],
  finished: ['good', 'check'],
  dropped: ['neutral', 'close'],
}
export function StateTag({ state }: { state: AssessmentState }) {
  const { t } = useWords()
  const [tone, icon] = ofState[state]
  return (
    <Tag tone={tone} icon={icon}>
      {t(`situation.state.${state}`)}
    </Tag>
  )
}

const ofAction = { open: ['info', 'clock'], done: ['good', 'check'], dropped: ['neutral', 'close'] } as const
export function ActionTag({ action }: { action: Action }) {
  const { t } = useWords()
  if (action.overdue)
    return (
      <Tag tone="warning" icon="alert">
        {t('situation.action.late')}
      </Tag>
    )
  const [tone, icon] = ofAction[action.state]
  return (
    <Tag tone={tone} icon={icon}>
      {t(`situation.action.state.${action.state}`)}
    </Tag>
  )
}

const ofSaid: Record<Said, [Tone, IconName]> = {
  yes: ['good', 'check'],
  partly: ['warning', 'sort'],
  no: ['danger', 'close'],
  na: ['neutral', 'more'],
}
/** An answer: a word and a drawing; colour only helps. */
export function SaidTag({ said }: { said: Said }) {
  const { lang } = useWords()
  const [tone, icon] = ofSaid[said]
  return (
    <Tag tone={tone} icon={icon}>
      {saidNames[said][lang]}
    </Tag>
  )
}

/** Points of what applies, as a word and as a bar that says the same. */
export function ScoreMark({ score }: { score: Pick<Score, 'points' | 'of'> }) {
  const words = useWords()
  const { points, of } = score
  return (
    <span className="situation-score">
      {points !== null && (
        <span className="situation-bar" aria-hidden="true">
          <span style={{ inlineSize: `${(points / of) * 100}%` }} />
        </span>
      )}
      <span>
        {points === null
          ? words.t('situation.score.none')
          : words.t('situation.score.of', { points: words.number(points), of: words.number(of) })}
      </span>
    </span>
  )
}

export function PdfLink({ href, children }: { href: string; children: string }) {
  return (
    <a className="button button-secondary button-compact" href={href} download>
      <Icon name="down" />
      {children}
    </a>
  )
}
