import { Card } from '#ui/Card.tsx'
import { Tag } from '#ui/Tag.tsx'
import { useWords } from '#ui/words-context.tsx'
import type { Instrument } from '../../instrument.ts'
import type { Condition, Rule } from '../../rules.ts'
import { type Names, namesOf } from './names.ts'

/** The rules in plain words: what each says, what it means for the next step, and when it says it. */
export function Rules({ instrument: { form, rules } }: { instrument: Instrument }) {
  const { t, lang } = useWords()
  const names = namesOf(form, lang)
  const ruleName = (code: string) => names.say(rules.find(one => one.code === code)?.label) || code
  return (
    <Card title={t('screening.rules.title')}>
      <p className="note">{t('screening.rules.lead')}</p>
      {rules.length === 0 && <p>{t('screening.rules.none')}</p>}
      {rules.map(rule => (
        <details key={rule.code} className="dimension">
          <summary>{names.say(rule.label) || rule.code}</summary>
          <RuleText rule={rule} names={names} ruleName={ruleName} />
        </details>
      ))}
    </Card>
  )
}

function RuleText({ rule, names, ruleName }: { rule: Rule; names: Names; ruleName: (code: string) => string }) {
  const words = useWords()
  const { t } = words
  const { signedOff } = rule
  return (
    <div className="stack-close rule-text">
      <p>{names.say(rule.advice)}</p>
      <When when={rule.when} names={names} ruleName={ruleName} />
      <p className="note">
        {rule.source} · {t(`screening.instruments.verified.${rule.verified}`)}
      </p>
      {signedOff ? (
        <p className="note">{t('screening.rules.signed', { name: signedOff.name, on: words.date(signedOff.on) })}</p>
      ) : (
        <p>
          <Tag tone="warning">{t('screening.rules.not-signed')}</Tag>
        </p>
      )}
    </div>
  )
}

function When({ when, names, ruleName }: { when: Condition; names: Names; ruleName: (code: string) => string }) {
  const words = useWords()
  const { t } = words
  switch (when.kind) {
    case 'at-least': {
      const [first = ''] = when.questions
      const answers = words.list(
        when.answers.map(one => t('screening.rules.quoted', { text: names.answer(first, one) })),
        'disjunction',
      )
      return (
        <Listed
          lead={t('screening.rules.at-least', { count: when.count, answers })}
          items={when.questions.map(names.question)}
        />
      )
    }
    case 'chosen':
      return (
        <Listed
          lead={t('screening.rules.chosen', { count: when.count, question: names.question(when.question) })}
          items={when.choices.map(choice => names.answer(when.question, choice))}
        />
      )
    case 'number': {
      const { atLeast, atMost } = when
      const kind = atMost === undefined ? 'least' : atLeast === undefined ? 'most' : 'between'
      return (
        <p>
          {t(`screening.rules.number.${kind}`, {
            question: names.question(when.question),
            least: atLeast ?? 0,
            most: atMost ?? 0,
          })}
        </p>
      )
    }
    case 'dimension':
      return (
        <>
          <p>{t('screening.rules.dimension')}</p>
          {(['strong', 'medium', 'weak'] as const).map(
            weight =>
              when[weight].length > 0 && (
                <Listed
                  key={weight}
                  lead={t(`screening.rules.weight.${weight}`)}
                  items={when[weight].map(names.question)}
                />
              ),
          )}
        </>
      )
    default:
      return <Listed lead={t(`screening.rules.together.${when.kind}`)} items={when.rules.map(ruleName)} />
  }
}

function Listed({ lead, items }: { lead: string; items: readonly string[] }) {
  return (
    <>
      <p>{lead}</p>
      <ul>
        {[...new Set(items)].map(item => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </>
  )
}
