import { useCommand } from '#staff/api.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { Problem } from '#ui/Problem.tsx'
import { useWords } from '#ui/words-context.tsx'
import { type SafetyCheck, visits } from '../contract.ts'

/** What the person said about being safe, the newest first. */
export function Checks({ caseId, checks }: { caseId: string; checks: readonly SafetyCheck[] }) {
  const words = useWords()
  const { t } = words
  const note = useCommand(visits.noteCheck, [visits.ofCase.id])
  if (checks.length === 0) return null
  return (
    <Card title={t('visit.checks')}>
      {note.isError && <Problem error={note.error} />}
      <ul className="things">
        {checks.map(one => (
          <li key={one.id} className="thing">
            <div>
              <p>
                <strong>{t(`visit.check.${one.safe ?? 'none'}`)}</strong> · {words.dateTime(one.at)}
              </p>
              {one.contact && <p>{t('visit.check.contact')}</p>}
              {one.seenAt ? (
                <p>{t('visit.check.noted', { when: words.dateTime(one.seenAt) })}</p>
              ) : (
                <Button
                  compact
                  busy={note.isPending}
                  onClick={() => note.mutate({ params: { case: caseId, check: one.id } })}
                >
                  {t('visit.check.note')}
                </Button>
              )}
            </div>
          </li>
        ))}
      </ul>
    </Card>
  )
}
