import { createLink, Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Answer } from '#platform/contract/client.ts'
import { useAsk, useCommand } from '#staff/api.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { ConfirmDialog } from '#ui/ConfirmDialog.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { LinkButton } from '#ui/LinkButton.tsx'
import { Loading } from '#ui/Loading.tsx'
import { Problem } from '#ui/Problem.tsx'
import { Summary } from '#ui/Summary.tsx'
import { Tag } from '#ui/Tag.tsx'
import { useWords } from '#ui/words-context.tsx'
import { visits } from '../contract.ts'
import { Checks } from './Checks.tsx'
import { Questions } from './Questions.tsx'
import './visits.css'

const To = createLink(LinkButton)
type OwnView = Answer<typeof visits.ofCase>

/** What the person sees of their own case with a number, what they asked there, and what to go through with them on paper. */
export function OwnViewOfCase({ caseId }: { caseId: string }) {
  const { t } = useWords()
  const found = useAsk(visits.ofCase, { params: { case: caseId } })
  if (found.isPending) return <Loading lines={5} />
  if (found.isError) return <Problem error={found.error} onRetry={() => void found.refetch()} />
  const { code, questions, checks } = found.data
  return (
    <div className="stack">
      <Checks caseId={caseId} checks={checks} />
      <Code caseId={caseId} code={code} />
      {questions && <Questions caseId={caseId} questions={questions} />}
      <Card title={t('visit.papers')}>
        <ul className="things">
          <li className="thing">
            <Link to={'/cases/$case/received' as string} params={{ case: caseId } as never}>
              {t('received.open')}
            </Link>
          </li>
          {questions && (
            <li className="thing">
              <Link to="/cases/$case" params={{ case: caseId }} search={{ tab: 'log' } as never}>
                {t('visit.papers.log')}
              </Link>
            </li>
          )}
        </ul>
      </Card>
    </div>
  )
}

function Code({ caseId, code }: { caseId: string; code: OwnView['code'] }) {
  const words = useWords()
  const { t } = words
  const revoke = useCommand(visits.revokeCode, [visits.ofCase.id])
  const [asking, setAsking] = useState(false)
  const make = (
    <To to={'/cases/$case/own-view' as string} params={{ case: caseId } as never} variant="secondary">
      {t('visit.make')}
    </To>
  )
  if (!code) return <EmptyState title={t('visit.code.none')} action={make} />
  return (
    <Card
      title={t('visit.make')}
      aside={<Tag tone={code.state === 'live' ? 'good' : 'neutral'}>{t(`visit.code.${code.state}`)}</Tag>}
      footer={
        <div className="actions">
          {make}
          {(code.state === 'live' || code.state === 'used') && (
            <Button variant="quiet" onClick={() => setAsking(true)}>
              {t('visit.revoke')}
            </Button>
          )}
        </div>
      }
    >
      {revoke.isError && <Problem error={revoke.error} />}
      <Summary
        rows={[
          {
            term: t('visit.code.made'),
            value: t('visit.code.made-by', { when: words.dateTime(code.madeAt), name: code.madeBy }),
          },
          { term: t('visit.code.watched'), value: t(`visit.make.watched.${code.watched}`) },
          code.usedAt
            ? { term: t('visit.code.used-at'), value: words.dateTime(code.usedAt) }
            : { term: t('visit.code.until'), value: words.dateTime(code.until) },
        ]}
      />
      <ConfirmDialog
        open={asking}
        title={t('visit.revoke')}
        confirmLabel={t('visit.revoke')}
        busy={revoke.isPending}
        onCancel={() => setAsking(false)}
        onConfirm={() =>
          revoke.mutate({ params: { case: caseId, code: code.id } }, { onSettled: () => setAsking(false) })
        }
      >
        {t('visit.revoke.sure')}
      </ConfirmDialog>
    </Card>
  )
}
