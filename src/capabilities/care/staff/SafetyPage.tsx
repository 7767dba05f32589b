import { useState } from 'react'
import { call, useAsk } from '#staff/api.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { Loading } from '#ui/Loading.tsx'
import { Problem } from '#ui/Problem.tsx'
import { Summary } from '#ui/Summary.tsx'
import { useWords } from '#ui/words-context.tsx'
import { care } from '../contract.ts'
import type { SafetyPlan } from '../contract-assessment.ts'
import { CareFrame, useCase } from './Frame.tsx'
import { Matrix, RiskTag } from './Risk.tsx'
import { SafetyForm } from './SafetyForm.tsx'

/** How the person stays safe, and how they may be reached. */
export default function SafetyPage() {
  const { t } = useWords()
  const caseId = useCase()
  const found = useAsk(care.safety, { params: { case: caseId } })
  const [changing, setChanging] = useState(false)
  if (!found.isSuccess)
    return (
      <CareFrame part="safety">
        {found.isPending && <Loading lines={6} />}
        {found.isError && <Problem error={found.error} onRetry={() => void found.refetch()} />}
      </CareFrame>
    )
  const { plan, hasCodeWord } = found.data
  return (
    <CareFrame
      part="safety"
      lead={t('care.safety.lead')}
      actions={
        !changing && (
          <Button onClick={() => setChanging(true)}>{t(plan ? 'care.safety.change' : 'care.safety.write')}</Button>
        )
      }
    >
      {changing && (
        <SafetyForm caseId={caseId} before={plan} hasCodeWord={hasCodeWord} onDone={() => setChanging(false)} />
      )}
      {!plan && !changing && <EmptyState title={t('care.safety.none')}>{t('care.safety.none-text')}</EmptyState>}
      {plan && <Shown plan={plan} />}
      {hasCodeWord && !changing && <CodeWord caseId={caseId} />}
    </CareFrame>
  )
}

function Shown({ plan }: { plan: SafetyPlan }) {
  const words = useWords()
  const { t } = words
  const { contact } = plan
  return (
    <div className="stack">
      <Card title={t('care.safety.contact')}>
        <Summary
          rows={[
            {
              term: t('care.safety.ways'),
              value:
                contact.ways.length > 0
                  ? words.list(contact.ways.map(one => t(`care.way.${one}`)))
                  : t('care.safety.no-way'),
            },
            ...(contact.from && contact.to
              ? [
                  {
                    term: t('care.safety.hours'),
                    value: t('care.safety.from-to', { from: contact.from, to: contact.to }),
                  },
                ]
              : []),
            ...(contact.note ? [{ term: t('care.safety.contact-note'), value: contact.note }] : []),
          ]}
        />
      </Card>
      <Card title={t('care.safety.threats')} aside={plan.level && <RiskTag level={plan.level} />}>
        {plan.threats.length === 0 ? (
          <p>{t('care.safety.no-threat')}</p>
        ) : (
          <ul className="things">
            {plan.threats.map(one => (
              <li key={`${one.source} ${one.target} ${one.what}`} className="thing">
                <div>
                  <p className="told">{one.what}</p>
                  <p className="care-soft">
                    {t('care.safety.threat', {
                      source: t(`care.source.${one.source}`),
                      target: t(`care.target.${one.target}`),
                      likelihood: one.likelihood,
                      impact: one.impact,
                    })}
                  </p>
                </div>
                <RiskTag level={one.level} />
              </li>
            ))}
          </ul>
        )}
      </Card>
      <Card title={t('care.safety.measures')}>
        {plan.measures.length === 0 ? (
          <p>{t('care.safety.no-measure')}</p>
        ) : (
          <ul className="plain-list">
            {plan.measures.map(one => (
              <li key={`${one.owner} ${one.what}`}>
                {one.what} ({t(`care.owner.${one.owner}`)})
              </li>
            ))}
          </ul>
        )}
      </Card>
      <p className="care-soft">
        {t('care.safety.review', {
          day: words.date(plan.reviewOn, 'long'),
          by: plan.by,
          when: words.dateTime(plan.at),
        })}
      </p>
      <Matrix />
    </div>
  )
}

/** Shown when asked for, gone again by itself; never kept by the page. */
function CodeWord({ caseId }: { caseId: string }) {
  const { t } = useWords()
  const [word, setWord] = useState<string>()
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const show = async () => {
    setBusy(true)
    try {
      setWord((await call(care.codeWord, { params: { case: caseId } })).word)
      setError(undefined)
    } catch (thrown) {
      setError(thrown)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Card title={t('care.safety.code-word')}>
      {error !== undefined && <Problem error={error} />}
      <p aria-live="polite">{word ?? t('care.safety.code-word-hidden')}</p>
      <div className="actions">
        {word === undefined ? (
          <Button variant="secondary" busy={busy} onClick={() => void show()}>
            {t('care.safety.code-word-show')}
          </Button>
        ) : (
          <Button variant="secondary" onClick={() => setWord(undefined)}>
            {t('care.safety.code-word-hide')}
          </Button>
        )}
      </div>
    </Card>
  )
}
