import { Card } from '#ui/Card.tsx'
import { useWords } from '#ui/words-context.tsx'
import type { Assessment, Score } from '../contract.ts'
import { standardNames } from '../definition.ts'
import type { Asked, Standard } from '../form.ts'
import { SaidTag, ScoreMark } from './parts.tsx'

/** What one standard came to, and why: every question it is made of stands right below. */
export function StandardCard({
  score,
  one,
  questions,
}: {
  score: Score
  one: Assessment
  questions: readonly (Asked & { readonly standard: Standard })[]
}) {
  const { t, lang } = useWords()
  const these = one.answers.filter(({ standard }) => standard === score.standard)
  const asks = (name: string) => questions.find(each => each.name === name)?.asks[lang]
  return (
    <Card title={standardNames[score.standard][lang]} aside={<ScoreMark score={score} />} level={2}>
      <details className="situation-why">
        <summary>
          {t('situation.why', { count: these.filter(({ said }) => said === 'partly' || said === 'no').length })}
        </summary>
        <ul className="things">
          {these.map(({ question, said, reasons, note, settledBy }) => (
            <li key={question} className="thing">
              <div>
                <p>{asks(question)}</p>
                {reasons.map(reason => (
                  <p key={reason} className="told">
                    {reason}
                  </p>
                ))}
                {note && <p className="situation-soft">{t('situation.settled', { note, by: settledBy ?? '' })}</p>}
              </div>
              <SaidTag said={said} />
            </li>
          ))}
        </ul>
      </details>
    </Card>
  )
}
