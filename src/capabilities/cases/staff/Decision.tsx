import type * as z from 'zod/mini'
import { Banner } from '#ui/Banner.tsx'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { Problem } from '#ui/Problem.tsx'
import { Summary } from '#ui/Summary.tsx'
import { Tag } from '#ui/Tag.tsx'
import { useWords } from '#ui/words-context.tsx'
import { useCommand } from '../../../staff/api.ts'
import { acts, type Case, cases, type Decision as DecisionShape, exploitations, means } from '../contract.ts'
import { DecideForm } from './DecideForm.tsx'
import { stale } from './stale.ts'

type DecisionValue = z.infer<typeof DecisionShape>

/** The reasonable-grounds decision: what was decided by whom, what waits for a second person, and the form to decide. */
export function Decision({ found }: { found: Case }) {
  const { t } = useWords()
  const decisions = found.decisions ?? []
  return (
    <div className="stack">
      {decisions.length === 0 && !found.moves.includes('decide') && <EmptyState title={t('case.decide.none')} />}
      {[...decisions].reverse().map(one => (
        <Recorded key={one.id} decision={one} found={found} />
      ))}
      {found.moves.includes('decide') && <DecideForm found={found} />}
    </div>
  )
}

function Recorded({ decision, found }: { decision: DecisionValue; found: Case }) {
  const words = useWords()
  const { t } = words
  const second = useCommand(cases.confirm, stale)
  const waits = decision.state === 'proposed'
  const elements: readonly { term: string; of: readonly string[] }[] = [
    { term: t('case.decide.acts'), of: acts },
    { term: t('case.decide.means'), of: means },
    { term: t('case.decide.exploitations'), of: exploitations },
  ]
  const answer = (given: 'confirmed' | 'returned') =>
    second.mutate({
      params: { case: found.id, decision: decision.id },
      body: { answer: given },
      version: found.version,
    })
  return (
    <Card
      title={t(`case.decision.${decision.outcome}`)}
      aside={<Tag tone={waits ? 'warning' : 'neutral'}>{t(`case.decision.state.${decision.state}`)}</Tag>}
    >
      {second.isError && <Problem error={second.error} />}
      <Summary
        rows={[
          { term: t('case.decide.by', { name: decision.byName }), value: words.dateTime(decision.at) },
          ...(decision.secondAt
            ? [
                {
                  term: t('case.decide.second-by', { name: decision.secondName ?? '' }),
                  value: words.dateTime(decision.secondAt),
                },
              ]
            : []),
          ...elements
            .map(({ term, of }) => ({ term, value: decision.elements.filter(one => of.includes(one)) }))
            .filter(({ value }) => value.length > 0)
            .map(({ term, value }) => ({
              term,
              value: (
                <ul className="plain-list">
                  {value.map(one => (
                    <li key={one}>{t(`element.${one}`)}</li>
                  ))}
                </ul>
              ),
            })),
          { term: t('case.decide.reasons'), value: <span className="told">{decision.reasons}</span> },
        ]}
      />
      {waits && !found.moves.includes('confirm') && (
        <Banner tone="info">{t('case.decide.waiting', { name: decision.byName })}</Banner>
      )}
      {waits && found.moves.includes('confirm') && (
        <div className="actions">
          <Button busy={second.isPending} onClick={() => answer('confirmed')}>
            {t('case.decide.confirm')}
          </Button>
          <Button variant="secondary" busy={second.isPending} onClick={() => answer('returned')}>
            {t('case.decide.return')}
          </Button>
        </div>
      )}
    </Card>
  )
}
