import { Link } from '@tanstack/react-router'
import { useDeferredValue, useState } from 'react'
import { urgencies } from '#capabilities/cases/contract.ts'
import { UrgencyTag } from '#capabilities/cases/staff/parts.tsx'
import { OnCallNow } from '#capabilities/directory/staff/parts.tsx'
import { Clock } from '#ui/Clock.tsx'
import { ListPage } from '#ui/desk/ListPage.tsx'
import { useWords } from '#ui/words-context.tsx'
import { useSession } from '../../../staff/session.ts'
import { usePages } from '../../../staff/use-pages.ts'
import { type ReferralRow, referralStatuses, referrals } from '../contract.ts'
import { ReferralTag } from './tags.tsx'

/** What was referred to our organisation, and what we referred: an inbox of the organisation, not of a person. */
export default function Inbox() {
  const { t } = useWords()
  const { role } = useSession()
  // A coordinator answers for nobody: they follow what they sent.
  const answers = role !== 'coordinator'
  const [box, setBox] = useState(answers ? '' : 'sent')
  const [status, setStatus] = useState('')
  const [urgency, setUrgency] = useState('')
  const [overdue, setOverdue] = useState('')
  const [search, setSearch] = useState('')
  const wanted = useDeferredValue(search.replaceAll(/[^0-9-]/g, ''))
  const sent = box === 'sent'
  const pages = usePages(referrals.list, {
    box: sent ? 'sent' : 'inbox',
    status: status || undefined,
    urgency: urgency || undefined,
    overdue: overdue || undefined,
    search: wanted || undefined,
  })
  const options = (values: readonly string[], prefix: string) =>
    values.map(value => ({ value, label: t(`${prefix}.${value}`) }))
  return (
    <>
      {answers && <OnCallNow />}
      <ListPage<ReferralRow>
        {...pages}
        title={t(sent ? 'referral.outbox.title' : 'referral.inbox.title')}
        lead={t(sent ? 'referral.outbox.lead' : 'referral.inbox.lead')}
        actions={
          <Link to={'/referrals/performance' as never} className="button button-quiet">
            {t('performance.link')}
          </Link>
        }
        caption={t(sent ? 'referral.outbox.caption' : 'referral.inbox.caption')}
        search={{ value: search, onChange: setSearch, label: t('referral.search') }}
        filters={[
          ...(answers
            ? [
                {
                  key: 'box',
                  label: t('referral.box'),
                  value: box,
                  onChange: setBox,
                  all: t('referral.box.inbox'),
                  options: [{ value: 'sent', label: t('referral.box.sent') }],
                },
              ]
            : []),
          {
            key: 'status',
            label: t('referral.field.status'),
            value: status,
            onChange: setStatus,
            options: options(referralStatuses, 'referral.status'),
          },
          {
            key: 'urgency',
            label: t('referral.field.urgency'),
            value: urgency,
            onChange: setUrgency,
            options: options(urgencies, 'urgency'),
          },
          {
            key: 'overdue',
            label: t('referral.filter.overdue'),
            value: overdue,
            onChange: setOverdue,
            options: [{ value: 'yes', label: t('referral.filter.overdue-only') }],
          },
        ]}
        empty={
          sent
            ? { title: t('referral.outbox.empty'), text: t('referral.outbox.empty-text') }
            : { title: t('referral.inbox.empty'), text: t('referral.inbox.empty-text') }
        }
        rowId={row => row.id}
        link={(row, content) => (
          <Link to="/referrals/$referral" params={{ referral: row.id }} className="row-link">
            {content}
          </Link>
        )}
        columns={[
          { key: 'reference', title: t('referral.field.reference'), cell: row => row.reference || '–' },
          {
            key: 'kind',
            title: t('referral.field.kind'),
            cell: row => (row.service ? t(`service.kind.${row.service}`) : t(`referral.kind.${row.kind}`)),
          },
          {
            key: 'other',
            title: t(sent ? 'referral.field.to' : 'referral.field.from'),
            cell: row => (sent ? row.to.name : row.from.name),
          },
          { key: 'urgency', title: t('referral.field.urgency'), cell: row => <UrgencyTag urgency={row.urgency} /> },
          { key: 'status', title: t('referral.field.status'), cell: row => <ReferralTag status={row.status} /> },
          {
            key: 'due',
            title: t('referral.field.due'),
            cell: row => <Clock due={row.dueAt} warnAt={row.warnAt} doneAt={row.answeredAt ?? undefined} />,
          },
        ]}
      />
    </>
  )
}
