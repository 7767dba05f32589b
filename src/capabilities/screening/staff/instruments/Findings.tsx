import type { ReactNode } from 'react'
import { Tag } from '#ui/Tag.tsx'
import { useWords } from '#ui/words-context.tsx'
import type { Finding, WouldChange } from '../../rules-reading.ts'
import type { Names } from './names.ts'

/** How every rule reads the answers: those that are met with their reasons, the others folded. There is no total. */
export function Findings({
  readings,
  names,
  level = 3,
  calm = false,
  more,
}: {
  readings: readonly Finding[]
  names: Names
  level?: 2 | 3 | 4
  /** For who asks in the field: the words alone, without a mark. */
  calm?: boolean
  /** Stands below a finding: what people say of it. */
  more?: (finding: Finding) => ReactNode
}) {
  const { t } = useWords()
  const ruleName = (code: string) => names.say(readings.find(one => one.code === code)?.label) || code
  const met = readings.filter(one => one.met)
  const others = readings.filter(one => !one.met)
  const shown = (finding: Finding) => (
    <li key={finding.code}>
      <One finding={finding} names={names} ruleName={ruleName} level={level} calm={calm} />
      {more?.(finding)}
    </li>
  )
  return (
    <>
      {met.length === 0 ? <p>{t('screening.findings.none')}</p> : <ul className="findings">{met.map(shown)}</ul>}
      {others.length > 0 && (
        <details className="dimension">
          <summary>{t('screening.findings.others', { count: others.length })}</summary>
          <ul className="findings">{others.map(shown)}</ul>
        </details>
      )}
    </>
  )
}

interface OneProps {
  finding: Finding
  names: Names
  ruleName: (code: string) => string
}

function One({ finding, names, ruleName, level, calm }: OneProps & { level: 2 | 3 | 4; calm: boolean }) {
  const { t } = useWords()
  const Heading = `h${level}` as const
  const { met } = finding
  return (
    <div className="stack-close">
      <div className="finding-head">
        <Heading>{names.say(finding.label) || finding.code}</Heading>
        {!calm && (
          <Tag tone={met ? 'warning' : 'neutral'}>
            {t(met ? 'screening.findings.met' : 'screening.findings.not-met')}
          </Tag>
        )}
      </div>
      {met && <p>{names.say(finding.advice)}</p>}
      {calm ? (
        <details className="finding-which">
          <summary>{t('screening.findings.why')}</summary>
          <div className="stack-close">
            <Why finding={finding} names={names} ruleName={ruleName} />
          </div>
        </details>
      ) : (
        <Why finding={finding} names={names} ruleName={ruleName} />
      )}
    </div>
  )
}

/** Which answers speak for it, what it rests on, what is open, and what would change it. */
function Why({ finding, names, ruleName }: OneProps) {
  const words = useWords()
  const { t } = words
  const { heard, rests, open } = finding
  return (
    <>
      {heard.length > 0 && (
        <>
          <p className="note">{t('screening.findings.because')}</p>
          <ul>
            {heard.map(({ question, answers }) => (
              <li key={question}>
                {t('screening.findings.heard', {
                  question: names.question(question),
                  answer: words.list(answers.map(one => names.answer(question, one))),
                })}
              </li>
            ))}
          </ul>
        </>
      )}
      {rests.length > 0 && (
        <>
          <p className="note">{t('screening.findings.rests')}</p>
          <ul>
            {rests.map(one => (
              <li key={one.rule}>
                {t(one.met ? 'screening.findings.rest.met' : 'screening.findings.rest.not-met', {
                  rule: ruleName(one.rule),
                })}
              </li>
            ))}
          </ul>
        </>
      )}
      {open.length > 0 && <p className="note">{t('screening.findings.open', { count: open.length })}</p>}
      <Change finding={finding} names={names} ruleName={ruleName} />
    </>
  )
}

function Change({ finding, names, ruleName }: OneProps) {
  const words = useWords()
  const { t } = words
  const change = finding.wouldChange
  const said = (): string => {
    switch (change.kind) {
      case 'answers':
      case 'choices':
        return t(`screening.findings.change.${change.give}`, { count: change.number })
      case 'weights': {
        const options = change.change.options.map(option =>
          words.list(
            (['strong', 'medium', 'weak'] as const)
              .filter(one => option[one] > 0)
              .map(one => t(`screening.change.${one}`, { count: option[one] })),
          ),
        )
        return t(`screening.findings.change.${change.change.kind}`, { options: words.list(options, 'disjunction') })
      }
      case 'number':
        return t('screening.findings.change.number', { question: names.question(change.question) })
      case 'rules':
        return t(`screening.findings.change.rules.${change.turn}`, {
          rules: words.list(change.rules.map(one => t('screening.rules.quoted', { text: ruleName(one) }))),
        })
      default:
        return t('screening.findings.change.nothing')
    }
  }
  const which = candidates(change, finding, names)
  return (
    <>
      <p>{said()}</p>
      {which.length > 0 && (
        <details className="finding-which">
          <summary>{t('screening.findings.which')}</summary>
          <ul>
            {which.map(one => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

/** The answers that a change can be made of. */
function candidates(change: WouldChange, { heard, open }: Finding, names: Names): readonly string[] {
  if (change.kind === 'answers') return [...new Set(change.of.map(names.question))]
  if (change.kind === 'choices') {
    const question = heard[0]?.question ?? open[0]
    return question === undefined ? [] : [...new Set(change.of.map(one => names.answer(question, one)))]
  }
  if (change.kind !== 'weights') return []
  const { strong, medium, weak } = change.change.candidates
  return [...new Set([...strong, ...medium, ...weak].map(names.question))]
}
