import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useAsk, useCommand } from '#staff/api.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { ConfirmDialog } from '#ui/ConfirmDialog.tsx'
import { DataTable } from '#ui/desk/DataTable.tsx'
import { Loading } from '#ui/Loading.tsx'
import { Problem } from '#ui/Problem.tsx'
import { Summary } from '#ui/Summary.tsx'
import { useWords } from '#ui/words-context.tsx'
import { type Interest, justice, type Order, type Receipt } from '../contract.ts'
import { BasisOf } from './ReceiptSheet.tsx'
import { InterestTag, OrderTag } from './tags.tsx'
import './justice.css'

const stale = [justice.ofCase.id, 'referrals.caseFile']

/** What was given of a case to police or prosecution: on what basis, to whom, and every reading of it. */
export function GivenOfCase({ caseId }: { caseId: string }) {
  const words = useWords()
  const { t } = words
  const found = useAsk(justice.ofCase, { params: { case: caseId } })
  if (found.isPending) return <Loading lines={5} />
  if (found.isError) return <Problem error={found.error} onRetry={() => void found.refetch()} />
  const { orders, interests, receipts, records, agrees } = found.data
  return (
    <div className="stack">
      <p>{t('justice.given.lead')}</p>
      <div className="actions">
        {records && (
          <>
            <Link
              to={'/cases/$case/handed/order' as string}
              params={{ case: caseId } as never}
              className="button button-secondary"
            >
              {t('justice.order.new')}
            </Link>
            <Link
              to={'/cases/$case/handed/interest' as string}
              params={{ case: caseId } as never}
              className="button button-secondary"
            >
              {t('justice.interest.new')}
            </Link>
          </>
        )}
        {agrees && (
          <Link
            to={'/cases/$case/handed/consent' as string}
            params={{ case: caseId } as never}
            className="button button-secondary"
          >
            {t('justice.consent.new')}
          </Link>
        )}
        <Button variant="quiet" onClick={() => window.print()}>
          {t('justice.given.print')}
        </Button>
      </div>
      <h2>{t('justice.orders.title')}</h2>
      {orders.length === 0 && <p>{t('justice.orders.none')}</p>}
      {orders.map(order => (
        <OrderCard key={order.id} caseId={caseId} order={order} />
      ))}
      <h2>{t('justice.interests.title')}</h2>
      {interests.length === 0 && <p>{t('justice.interests.none')}</p>}
      {interests.map(interest => (
        <InterestCard key={interest.id} caseId={caseId} interest={interest} />
      ))}
      <h2>{t('justice.receipts.title')}</h2>
      {receipts.length === 0 ? (
        <p>{t('justice.receipts.none')}</p>
      ) : (
        <DataTable<Receipt>
          caption={t('justice.receipts.title')}
          rows={receipts}
          rowId={row => row.id}
          columns={[
            { key: 'at', title: t('justice.receipt.when'), cell: row => words.dateTime(row.at) },
            { key: 'who', title: t('justice.receipt.who'), cell: row => `${row.name}, ${row.organisationName}` },
            {
              key: 'parts',
              title: t('justice.handed.content'),
              cell: row => row.compartments.map(one => t(`compartment.${one}`)).join(' · '),
            },
            { key: 'basis', title: t('justice.receipt.basis'), cell: row => <BasisOf of={row} /> },
            {
              key: 'hash',
              title: t('justice.receipt.hash'),
              wideOnly: true,
              cell: row => <span className="justice-hash">{row.hash}</span>,
            },
          ]}
        />
      )}
    </div>
  )
}

function OrderCard({ caseId, order }: { caseId: string; order: Order }) {
  const words = useWords()
  const { t } = words
  const [asking, setAsking] = useState(false)
  const answer = useCommand(justice.answerOrder, stale)
  const revoke = useCommand(justice.revokeOrder, stale)
  const params = { case: caseId, order: order.id }
  const say = (said: 'confirmed' | 'returned') =>
    answer.mutate({ params, version: order.version, body: { answer: said } })
  const when = (name: string | null, at: string | null) =>
    name && at ? t('justice.by-when', { name, when: words.dateTime(at) }) : '–'
  return (
    <Card
      level={3}
      title={t('justice.handed.order', { number: order.number, court: order.court })}
      aside={<OrderTag order={order} />}
      footer={
        order.moves.length > 0 && (
          <div className="actions">
            {order.moves.includes('answer') && (
              <>
                <Button busy={answer.isPending} onClick={() => say('confirmed')}>
                  {t('justice.order.confirm')}
                </Button>
                <Button variant="secondary" busy={answer.isPending} onClick={() => say('returned')}>
                  {t('justice.order.return')}
                </Button>
              </>
            )}
            {order.moves.includes('revoke') && (
              <Button variant="quiet" onClick={() => setAsking(true)}>
                {t('justice.order.revoke')}
              </Button>
            )}
          </div>
        )
      }
    >
      {answer.isError && <Problem error={answer.error} />}
      {revoke.isError && <Problem error={revoke.error} />}
      <Summary
        rows={[
          { term: t('justice.order.made-on'), value: words.date(order.madeOn, 'long') },
          {
            term: t('justice.order.parts'),
            value: order.compartments.map(one => t(`compartment.${one}`)).join(' · '),
          },
          {
            term: t('justice.order.purposes'),
            value: order.purposes.map(one => t(`justice.purpose.${one}`)).join(', '),
          },
          {
            term: t('justice.order.named'),
            value: [...order.named.map(one => one.name), order.organisationName].join(', '),
          },
          {
            term: t('justice.order.runs'),
            value: t('justice.from-until', {
              from: words.dateTime(order.from),
              until: words.dateTime(order.until),
            }),
          },
          { term: t('justice.order.by'), value: when(order.byName, order.at) },
          { term: t('justice.order.second'), value: when(order.secondName, order.secondAt) },
          ...(order.revokedAt
            ? [{ term: t('justice.order.ended'), value: when(order.revokedName, order.revokedAt) }]
            : []),
        ]}
      />
      <ConfirmDialog
        open={asking}
        title={t('justice.order.revoke-ask')}
        confirmLabel={t('justice.order.revoke')}
        tone="danger"
        busy={revoke.isPending}
        onCancel={() => setAsking(false)}
        onConfirm={() =>
          revoke.mutate({ params, version: order.version, body: {} }, { onSettled: () => setAsking(false) })
        }
      >
        {t('justice.order.revoke-text')}
      </ConfirmDialog>
    </Card>
  )
}

function InterestCard({ caseId, interest }: { caseId: string; interest: Interest }) {
  const words = useWords()
  const { t } = words
  const review = useCommand(justice.reviewInterest, stale)
  const say = (outcome: 'upheld' | 'not-upheld') =>
    review.mutate({
      params: { case: caseId, interest: interest.id },
      version: interest.version,
      body: { outcome },
    })
  return (
    <Card
      level={3}
      title={t(`justice.interest-reason.${interest.reason}`)}
      aside={<InterestTag interest={interest} />}
      footer={
        interest.moves.includes('review') && (
          <div className="actions">
            <Button busy={review.isPending} onClick={() => say('upheld')}>
              {t('justice.interest.uphold')}
            </Button>
            <Button variant="secondary" busy={review.isPending} onClick={() => say('not-upheld')}>
              {t('justice.interest.end')}
            </Button>
          </div>
        )
      }
    >
      {review.isError && <Problem error={review.error} />}
      <p className="told">{interest.words}</p>
      <Summary
        rows={[
          {
            term: t('justice.interest.parts'),
            value: interest.compartments.map(one => t(`compartment.${one}`)).join(' · '),
          },
          { term: t('justice.interest.whom'), value: `${interest.name}, ${interest.organisationName}` },
          { term: t('justice.handed.until'), value: words.dateTime(interest.until) },
          ...(interest.state === 'open'
            ? [{ term: t('justice.interest.review-by'), value: words.dateTime(interest.reviewBy) }]
            : [
                {
                  term: t('justice.order.second'),
                  value: t('justice.by-when', {
                    name: interest.secondName ?? '',
                    when: words.dateTime(interest.secondAt ?? interest.at),
                  }),
                },
              ]),
          {
            term: t('justice.interest.by'),
            value: t('justice.by-when', { name: interest.byName, when: words.dateTime(interest.at) }),
          },
        ]}
      />
    </Card>
  )
}
