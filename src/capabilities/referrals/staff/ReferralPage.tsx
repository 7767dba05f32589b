import { createLink, Link, useParams } from '@tanstack/react-router'
import type { Identity } from '#capabilities/cases/contract.ts'
import { Person, UrgencyTag } from '#capabilities/cases/staff/parts.tsx'
import { Card } from '#ui/Card.tsx'
import { Clock } from '#ui/Clock.tsx'
import { LinkButton } from '#ui/LinkButton.tsx'
import { Loading } from '#ui/Loading.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { Problem } from '#ui/Problem.tsx'
import { Summary } from '#ui/Summary.tsx'
import { useWords } from '#ui/words-context.tsx'
import { useAsk } from '../../../staff/api.ts'
import { useSession } from '../../../staff/session.ts'
import { type Referral, referrals } from '../contract.ts'
import { isTakenOn, leavesNeed, waitsForAnswer } from '../flow.ts'
import { Feedback } from './Feedback.tsx'
import { DoorsNotice } from './link/DoorsNotice.tsx'
import { Moves } from './Moves.tsx'
import { serviceRows } from './service-rows.ts'
import { ReferralTag } from './tags.tsx'
import { Whereabouts } from './whereabouts/Whereabouts.tsx'

/** One referral: what is asked, what was shared, and what can be answered. */
export default function ReferralPage() {
  const { referral } = useParams({ strict: false }) as { referral: string }
  const found = useAsk(referrals.read, { params: { referral } })
  if (found.isPending) return <Loading lines={6} />
  if (found.isError) return <Problem error={found.error} onRetry={() => void found.refetch()} />
  return <Shown found={found.data} />
}

const To = createLink(LinkButton)
const unit = ['intake', 'coordinator']
/** Who sent it may take it back or end it; a coordinator who reads it sent it, or is in charge of the person. */
const asks = ({ moves }: Referral): boolean => moves.includes('revoke') || moves.includes('end')

function Shown({ found }: { found: Referral }) {
  const words = useWords()
  const { t } = words
  const { role, organisation } = useSession()
  const ours = found.to.organisation === organisation.id
  const waits = waitsForAnswer(found.status)
  return (
    <div className="stack">
      <PageHeader
        title={t('referral.title', { reference: found.reference })}
        above={<Link to="/">{t('referral.nav')}</Link>}
        tags={
          <>
            <ReferralTag status={found.status} />
            <UrgencyTag urgency={found.urgency} />
            {waits && <Clock due={found.dueAt} warnAt={found.warnAt} />}
          </>
        }
      />
      <Moves found={found} />
      {!ours && (role === 'coordinator' || asks(found)) && <DoorsNotice found={found} />}
      <Whereabouts found={found} />
      {found.message && (
        <Card title={t('referral.message')}>
          <p className="told">{found.message}</p>
        </Card>
      )}
      {ours &&
        (found.identity ? (
          <Person identity={found.identity as Identity} />
        ) : (
          <Card title={t('referral.person')}>
            <p>{t('referral.person-closed')}</p>
          </Card>
        ))}
      <Card title={t('referral.about')}>
        <Summary
          rows={[
            {
              term: t('referral.field.kind'),
              value: found.service ? t(`service.kind.${found.service}`) : t(`referral.kind.${found.kind}`),
            },
            { term: t('referral.field.from'), value: `${found.from.name}, ${found.fromPerson}` },
            { term: t('referral.field.to'), value: found.to.name },
            { term: t('referral.field.sent'), value: words.dateTime(found.sentAt) },
            {
              term: t('referral.field.shared'),
              value: (
                <ul className="plain-list">
                  {found.shared.map(one => (
                    <li key={one}>{t(`compartment.${one}`)}</li>
                  ))}
                </ul>
              ),
            },
            ...serviceRows(found, words),
            ...(found.declineReason
              ? [{ term: t('referral.reason'), value: t(`referral.decline.${found.declineReason}`) }]
              : []),
            ...(found.answer
              ? [{ term: t('referral.answer'), value: <span className="told">{found.answer}</span> }]
              : []),
          ]}
        />
      </Card>
      {ours && found.kind === 'service' && isTakenOn(found.status) && !unit.includes(role) && (
        <div className="actions">
          <To to="/cases/$case/asked" params={{ case: found.case } as never}>
            {t('care.asked.link')}
          </To>
          <To to="/cases/$case/health" params={{ case: found.case } as never} variant="secondary">
            {t('health.link')}
          </To>
        </div>
      )}
      {!ours && unit.includes(role) && <Feedback found={found} />}
      {found.moves.includes('withdrawConsent') && (
        <Card title={t('referral.consent')}>
          <p>{t('referral.consent.text')}</p>
          <div className="actions">
            <To
              to="/cases/$case/consents/$consent/withdraw"
              params={{ case: found.case, consent: found.consent } as never}
              variant="secondary"
            >
              {t('consent.withdraw.save')}
            </To>
          </div>
        </Card>
      )}
      {unit.includes(role) && found.service && leavesNeed(found.status) && (
        <div className="actions">
          <To
            to="/cases/$case/refer"
            params={{ case: found.case } as never}
            search={{ service: found.service, after: found.to.organisation } as never}
          >
            {t('referral.next')}
          </To>
        </div>
      )}
      {unit.includes(role) && (
        <p>
          <Link to="/cases/$case" params={{ case: found.case }}>
            {t('referral.open-case')}
          </Link>
        </p>
      )}
    </div>
  )
}
