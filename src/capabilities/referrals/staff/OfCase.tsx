import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { UrgencyTag } from '#capabilities/cases/staff/parts.tsx'
import { Clock } from '#ui/Clock.tsx'
import { DataTable } from '#ui/desk/DataTable.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { useWords } from '#ui/words-context.tsx'
import { useSession } from '../../../staff/session.ts'
import type { ReferralRow } from '../contract.ts'
import { ReferralTag } from './tags.tsx'

/** The referrals of one case, newest first. */
export function ReferralsOfCase({ rows }: { rows: readonly ReferralRow[] }) {
  const { t } = useWords()
  const { role } = useSession()
  if (rows.length === 0) return <EmptyState title={t('referral.inbox.empty')} />
  return (
    <DataTable<ReferralRow>
      caption={t('referral.nav')}
      rows={rows}
      rowId={row => row.id}
      // A decision maker sees that help was asked for; the asking itself is for those who do it.
      {...(role === 'decision-maker'
        ? {}
        : {
            link: (row: ReferralRow, content: ReactNode) => (
              <Link to="/referrals/$referral" params={{ referral: row.id }} className="row-link">
                {content}
              </Link>
            ),
          })}
      columns={[
        {
          key: 'kind',
          title: t('referral.field.kind'),
          cell: row => (row.service ? t(`service.kind.${row.service}`) : t(`referral.kind.${row.kind}`)),
        },
        { key: 'to', title: t('referral.field.to'), cell: row => row.to.name },
        { key: 'urgency', title: t('referral.field.urgency'), cell: row => <UrgencyTag urgency={row.urgency} /> },
        { key: 'status', title: t('referral.field.status'), cell: row => <ReferralTag status={row.status} /> },
        {
          key: 'due',
          title: t('referral.field.due'),
          cell: row => <Clock due={row.dueAt} warnAt={row.warnAt} doneAt={row.answeredAt ?? undefined} />,
        },
      ]}
    />
  )
}
