import type * as z from 'zod/mini'
import { Banner } from '#ui/Banner.tsx'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { Problem } from '#ui/Problem.tsx'
import { Summary } from '#ui/Summary.tsx'
import { Tag } from '#ui/Tag.tsx'
import { useWords } from '#ui/words-context.tsx'
import { useCommand } from '../../../staff/api.ts'
import { type Case, cases, type Decision as DecisionShape } from '../contract.ts'
import { DecideForm } from './DecideForm.tsx'
import { stale } from './stale.ts'

type DecisionValue = z.infer<typeof DecisionShape>

/** The reasonable-grounds decision: what was decided by whom, what waits for a second person, and the form to decide. */
export function Decision({ found }: { found: Case }) {
  const { t } = useWords()
  const decisions = found.decisions ?? []
  return (
    <div className="stack">
      {decisions.length === 0 && !found.moves.includes('decide') && <p>{t('case.decide.none')}</p>}
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
          ...(decision.elements.length > 0
            ? [{ term: t('case.decide.acts'), value: words.list(decision.elements.map(one => t(`element.${one}`))) }]
            : []),
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
