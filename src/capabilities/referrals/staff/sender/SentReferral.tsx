import { createLink, Link, useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useAsk, useCommand } from '#staff/api.ts'
import { useWaiting } from '#staff/phone/here.ts'
import { WaitingTag } from '#staff/phone/WaitingTag.tsx'
import { Banner } from '#ui/Banner.tsx'
import { Button } from '#ui/Button.tsx'
import { Clock } from '#ui/Clock.tsx'
import { ConfirmDialog } from '#ui/ConfirmDialog.tsx'
import { LinkButton } from '#ui/LinkButton.tsx'
import { Loading } from '#ui/Loading.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { Problem } from '#ui/Problem.tsx'
import { Summary } from '#ui/Summary.tsx'
import { useWords } from '#ui/words-context.tsx'
import { type Referral, referrals } from '../../contract.ts'
import { isWhole, waitsForAnswer } from '../../flow.ts'
import { Feedback } from '../Feedback.tsx'
import { DoorsNotice } from '../link/DoorsNotice.tsx'
import { serviceRows } from '../service-rows.ts'
import { ReferralTag } from '../tags.tsx'
import './sender.css'

const To = createLink(LinkButton)

/** A referral as its sender follows it: where it stands in words, when the answer is due, and the way to take it back. */
export default function SentReferral() {
  const { referral } = useParams({ strict: false }) as { referral: string }
  const found = useAsk(referrals.read, { params: { referral } })
  if (found.isPending) return <Loading lines={6} />
  if (found.isError) return <Problem error={found.error} onRetry={() => void found.refetch()} />
  return <Shown found={found.data} />
}

function Shown({ found }: { found: Referral }) {
  const words = useWords()
  const { t } = words
  const { new: fresh } = useSearch({ strict: false }) as { new?: string }
  // Without a due time it has not been seen at the server yet, though it may have arrived a moment ago.
  const here = useWaiting(found.id) || found.dueAt === ''
  const waits = !here && waitsForAnswer(found.status)
  const late = waits && new Date(found.dueAt) < new Date()
  const { name } = found.to
  return (
    <div className="stack">
      {fresh && waits && (
        <Banner tone="good" role="status" title={t('referral.sent.done.title')}>
          <p>{t('referral.sent.done.text', { name, when: words.dateTime(found.dueAt) })}</p>
          <p>{t('referral.sent.done.tell')}</p>
        </Banner>
      )}
      <PageHeader
        title={t('referral.sent.page.title', { reference: found.reference })}
        above={<Link to="/referrals">{t('referral.sent.title')}</Link>}
        tags={
          <>
            {here ? <WaitingTag record={found.id} /> : <ReferralTag status={found.status} />}
            {waits && <Clock due={found.dueAt} warnAt={found.warnAt} />}
          </>
        }
      >
        {here ? t('phone.waiting.text') : t(`referral.sent.state.${found.status}`, { name })}
      </PageHeader>
      {late && <Banner tone="warning">{t('referral.sent.late')}</Banner>}
      {!here && <DoorsNotice found={found} />}
      <Summary rows={rowsOf(found, words)} />
      {!here && <Feedback found={found} />}
      <div className="sent-next">
        {!isWhole(found.status) && (
          <To to="/cases/$case/refer" params={{ case: found.case } as never} variant="secondary" wide>
            {t('referral.sent.again')}
          </To>
        )}
        <To to="/" variant={fresh ? 'primary' : 'secondary'} wide>
          {t('referral.sent.home')}
        </To>
        <To to="/cases/$case/consents" params={{ case: found.case } as never} variant="quiet" wide>
          {t('consent.agreed.title')}
        </To>
        {found.moves.includes('revoke') && <Revoke found={found} />}
      </div>
    </div>
  )
}

function rowsOf(found: Referral, words: ReturnType<typeof useWords>) {
  const { t } = words
  return [
    { term: t('referral.sent.check.to'), value: found.to.name },
    {
      term: t('referral.sent.check.for'),
      value: found.service ? t(`service.kind.${found.service}`) : t('referral.sent.for.identification'),
    },
    { term: t('referral.sent.check.urgency'), value: t(`referral.sent.urgency.${found.urgency}`) },
    {
      term: t('referral.sent.check.sees'),
      value: (
        <ul className="plain-list">
          {found.shared.map(one => (
            <li key={one}>{t(`compartment.${one}`)}</li>
          ))}
        </ul>
      ),
    },
    { term: t('referral.sent.sent-at'), value: words.dateTime(found.sentAt) },
    ...(found.answeredAt
      ? [{ term: t('referral.sent.answered'), value: words.dateTime(found.answeredAt) }]
      : found.dueAt
        ? [{ term: t('referral.sent.due'), value: words.dateTime(found.dueAt) }]
        : []),
    ...serviceRows(found, words),
    ...(found.declineReason
      ? [{ term: t('referral.sent.reason'), value: t(`referral.decline.${found.declineReason}`) }]
      : []),
    ...(found.answer ? [{ term: t('referral.sent.answer'), value: <span className="told">{found.answer}</span> }] : []),
    ...(found.message
      ? [{ term: t('referral.sent.check.message'), value: <span className="told">{found.message}</span> }]
      : []),
  ]
}

function Revoke({ found }: { found: Referral }) {
  const { t } = useWords()
  const [asking, setAsking] = useState(false)
  const revoke = useCommand(referrals.revoke, [referrals.read.id, referrals.list.id])
  const take = () =>
    revoke.mutate(
      { params: { referral: found.id }, body: {}, version: found.version },
      { onSettled: () => setAsking(false) },
    )
  return (
    <>
      {revoke.isError && <Problem error={revoke.error} />}
      <Button variant="quiet" wide onClick={() => setAsking(true)}>
        {t('referral.sent.revoke')}
      </Button>
      <ConfirmDialog
        open={asking}
        title={t('referral.sent.revoke.title')}
        confirmLabel={t('referral.sent.revoke')}
        cancelLabel={t('referral.sent.revoke.keep')}
        tone="danger"
        busy={revoke.isPending}
        onConfirm={take}
        onCancel={() => setAsking(false)}
      >
        {t('referral.sent.revoke.text', { name: found.to.name })}
      </ConfirmDialog>
    </>
  )
}
