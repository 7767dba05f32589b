import type * as z from 'zod/mini'
import { address } from '#platform/contract/client.ts'
import { Banner } from '#ui/Banner.tsx'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { Problem } from '#ui/Problem.tsx'
import { Summary, type SummaryRow } from '#ui/Summary.tsx'
import { Tag } from '#ui/Tag.tsx'
import { useWords } from '#ui/words-context.tsx'
import { useCommand } from '../../../../staff/api.ts'
import { acts, type Case, cases, type Decision, exploitations, means, noticeLanguages } from '../../contract.ts'
import { stale } from '../stale.ts'

type DecisionValue = z.infer<typeof Decision>

/** One decision: what was decided by whom and why, what it rests on, its second person, and the notice for the person. */
export function Decided({ decision, found }: { decision: DecisionValue; found: Case }) {
  const words = useWords()
  const { t } = words
  const waits = decision.state === 'proposed'
  const list = (values: readonly string[]) => (
    <ul className="plain-list">
      {values.map(one => (
        <li key={one}>{one}</li>
      ))}
    </ul>
  )
  const elements: readonly { term: string; of: readonly string[] }[] = [
    { term: t('case.decide.acts'), of: acts },
    { term: t('case.decide.means'), of: means },
    { term: t('case.decide.exploitations'), of: exploitations },
  ]
  const told = (text: string) => <span className="told">{text}</span>
  const rows: SummaryRow[] = [
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
      .map(({ term, value }) => ({ term, value: list(value.map(one => t(`element.${one}`))) })),
    ...(['act', 'means', 'purpose'] as const).flatMap(element => {
      const text = decision.grounds?.[element]
      return text ? [{ term: t(`procedure.grounds.${element}`), value: told(text) }] : []
    }),
    ...(decision.evidence.length > 0
      ? [
          {
            term: t('procedure.evidence'),
            value: list(decision.evidence.map(({ kind, why }) => `${t(`procedure.evidence.${kind}`)}: ${why}`)),
          },
        ]
      : []),
    { term: t('case.decide.reasons'), value: told(decision.reasons) },
  ]
  return (
    <Card
      title={t(`procedure.decided.${decision.kind}.${decision.stage}.${decision.outcome}`)}
      aside={<Tag tone={waits ? 'warning' : 'neutral'}>{t(`case.decision.state.${decision.state}`)}</Tag>}
    >
      <Summary rows={rows} />
      {waits && <Second decision={decision} found={found} />}
      {decision.state === 'confirmed' && found.moves.includes('notice') && <Notice decision={decision} found={found} />}
    </Card>
  )
}

function Second({ decision, found }: { decision: DecisionValue; found: Case }) {
  const { t } = useWords()
  const second = useCommand(cases.confirm, stale)
  if (!found.moves.includes('confirm'))
    return <Banner tone="info">{t('case.decide.waiting', { name: decision.byName })}</Banner>
  const answer = (given: 'confirmed' | 'returned') =>
    second.mutate({
      params: { case: found.id, decision: decision.id },
      body: { answer: given },
      version: found.version,
    })
  return (
    <>
      {second.isError && <Problem error={second.error} />}
      <div className="actions">
        <Button busy={second.isPending} onClick={() => answer('confirmed')}>
          {t('case.decide.confirm')}
        </Button>
        <Button variant="secondary" busy={second.isPending} onClick={() => answer('returned')}>
          {t('case.decide.return')}
        </Button>
      </div>
    </>
  )
}

/** The letter for the person, in their own language first. */
function Notice({ decision, found }: { decision: DecisionValue; found: Case }) {
  const { t } = useWords()
  const own = found.identity?.language
  const languages = [...noticeLanguages].sort((a, b) => Number(b === own) - Number(a === own))
  return (
    <div className="procedure-apart">
      <p className="note">{t('procedure.notice.lead')}</p>
      <div className="actions">
        {languages.map(language => (
          <a
            key={language}
            className={`button button-${language === (own ?? languages[0]) ? 'secondary' : 'quiet'}`}
            href={address(cases.decisionNotice, { params: { case: found.id, decision: decision.id, language } })}
            download
          >
            {t(`procedure.notice.${language}`)}
          </a>
        ))}
      </div>
    </div>
  )
}
