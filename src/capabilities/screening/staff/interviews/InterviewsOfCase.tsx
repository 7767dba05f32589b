import { Link } from '@tanstack/react-router'
import { useNames } from '#capabilities/directory/staff/parts.tsx'
import { useAsk } from '#staff/api.ts'
import { Card } from '#ui/Card.tsx'
import { Loading } from '#ui/Loading.tsx'
import { Problem } from '#ui/Problem.tsx'
import { Summary } from '#ui/Summary.tsx'
import { useWords } from '#ui/words-context.tsx'
import { screening } from '../../contract.ts'
import type { Interview } from '../../contract-instruments.ts'
import { Findings } from '../instruments/Findings.tsx'
import { answersIn, declinedIn, namesIn } from '../instruments/names.ts'
import { Overrides } from './Overrides.tsx'
import '../instruments/instruments.css'

/** The interviews of a case, each with what its rules found and why. */
export function InterviewsOfCase({ caseId }: { caseId: string }) {
  const { t } = useWords()
  const found = useAsk(screening.interviews, { params: { case: caseId } })
  return (
    <section className="stack interviews">
      <div className="finding-head">
        <h2>{t('screening.interviews.title')}</h2>
        <Link
          to="/cases/$case/interview"
          params={{ case: caseId } as never}
          className="button button-secondary button-compact"
        >
          {t('screening.interviews.start')}
        </Link>
        <Link to="/instruments" className="button button-quiet button-compact">
          {t('screening.instruments.title')}
        </Link>
      </div>
      {found.isPending && <Loading lines={4} />}
      {found.isError && <Problem error={found.error} onRetry={() => void found.refetch()} />}
      {found.data?.items.length === 0 && <p>{t('screening.interviews.none')}</p>}
      {found.data?.items.map(one => (
        <One key={one.id} interview={one} />
      ))}
    </section>
  )
}

function One({ interview }: { interview: Interview }) {
  const words = useWords()
  const { t, lang } = words
  const spoken = useNames()
  const { told, words: own } = interview
  const names = namesIn(own, lang)
  const title = names.say(own.title) || interview.instrument
  const ruleName = (code: string) => names.say(own.rules[code]) || code
  const language = spoken.language(interview.language)
  return (
    <Card
      level={3}
      title={title}
      aside={t('screening.interviews.by', { name: interview.by, when: words.dateTime(interview.saidAt) })}
    >
      <p className="note">
        {interview.interpreter === 'none' ? language : t(`consent.interpreted.${interview.interpreter}`, { language })}
        {interview.writtenAt &&
          ` · ${t('screening.interviews.on-paper', {
            name: told?.writtenBy ?? '–',
            when: words.dateTime(interview.writtenAt),
          })}`}
      </p>
      {told ? (
        <>
          <Findings
            readings={told.readings}
            names={names}
            level={4}
            more={({ code, met }) => <Overrides interview={interview} finding={code} met={met} />}
          />
          <details className="dimension">
            <summary>{t('screening.interviews.answers')}</summary>
            <Summary
              questions
              rows={[
                ...answersIn(told.answers).map(([name, values]) => ({
                  term: names.question(name),
                  value: words.list(values.map(value => names.answer(name, value))),
                })),
                ...declinedIn(told.declined).map(name => ({
                  term: names.question(name),
                  value: t('screening.asked.not-said'),
                })),
              ]}
            />
          </details>
        </>
      ) : (
        <>
          {interview.findings.length === 0 && <p>{t('screening.findings.none')}</p>}
          <ul>
            {interview.findings.map(code => (
              <li key={code}>
                {ruleName(code)}
                <Overrides interview={interview} finding={code} met />
              </li>
            ))}
          </ul>
          <p className="note">{t('screening.interviews.closed')}</p>
        </>
      )}
    </Card>
  )
}
