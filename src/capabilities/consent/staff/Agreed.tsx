import { createLink } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useNames } from '#capabilities/directory/staff/parts.tsx'
import { useAsk } from '#staff/api.ts'
import { WaitingTag } from '#staff/phone/WaitingTag.tsx'
import { Card } from '#ui/Card.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { LinkButton } from '#ui/LinkButton.tsx'
import { Loading } from '#ui/Loading.tsx'
import { Problem } from '#ui/Problem.tsx'
import { Summary } from '#ui/Summary.tsx'
import { Tag, type Tone } from '#ui/Tag.tsx'
import { useWords } from '#ui/words-context.tsx'
import { agreedWith, type ConsentRecord, consent } from '../contract.ts'
import { type Standing, standingOf, useBodies, withdrawalOf } from './standing.ts'
import './consent.css'

const To = createLink(LinkButton)

/** What the person of a case was asked and said, newest first, each yes with the way to take it back. */
export function AgreedOfCase({ caseId }: { caseId: string }) {
  const words = useWords()
  const { t } = words
  const ledger = useAsk(consent.list, { params: { case: caseId } })
  const bodies = useBodies()
  if (ledger.isPending || bodies.pending) return <Loading lines={6} />
  if (ledger.isError) {
    // Of the unit, only who is in charge of the person reads what they agreed to.
    if ((ledger.error as { status?: number }).status === 404) return <EmptyState title={t('consent.agreed.closed')} />
    return <Problem error={ledger.error} onRetry={() => void ledger.refetch()} />
  }
  const { items } = ledger.data
  const answers = items.filter(one => one.kind === 'given' || one.kind === 'refused').reverse()
  const told = items.findLast(one => one.kind === 'limits-told')
  return (
    <div className="agreed">
      {answers.length === 0 && (
        <EmptyState title={t('consent.agreed.none')}>{t('consent.agreed.none-text')}</EmptyState>
      )}
      {answers.map(one =>
        one.kind === 'given' ? (
          <Given key={one.id} record={one} ledger={items} nameOf={bodies.nameOf} />
        ) : (
          <Card
            key={one.id}
            title={words.dateTime(one.saidAt)}
            aside={<Aside record={one.id} tag={<Tag>{t('consent.agreed.refused')}</Tag>} />}
          >
            <p>{t('consent.agreed.refused-text')}</p>
          </Card>
        ),
      )}
      {told && <p className="quiet-note">{t('consent.agreed.told', { when: words.dateTime(told.saidAt) })}</p>}
    </div>
  )
}

/** How it stands, and whether the newest word on it is still only on this phone. */
const Aside = ({ record, tag }: { record: string; tag: ReactNode }) => (
  <span className="tags">
    {tag}
    <WaitingTag record={record} />
  </span>
)

const tones: Record<Standing, Tone> = { live: 'good', withdrawn: 'neutral', ended: 'neutral' }

function Given({
  record,
  ledger,
  nameOf,
}: {
  record: ConsentRecord
  ledger: readonly ConsentRecord[]
  nameOf: (id: string) => string
}) {
  const words = useWords()
  const { t } = words
  const names = useNames()
  const standing = standingOf(record, ledger)
  const ended = withdrawalOf(record, ledger)
  const when = words.dateTime(record.saidAt)
  const never = record.withhold.map(one => one.recipient).filter(one => !record.recipients.includes(one))
  return (
    <Card
      title={when}
      aside={
        <Aside
          record={ended?.id ?? record.id}
          tag={<Tag tone={tones[standing]}>{t(`consent.agreed.${standing}`)}</Tag>}
        />
      }
      footer={
        standing === 'live' && (
          <To
            to="/cases/$case/consents/$consent/withdraw"
            params={{ case: record.case, consent: record.id } as never}
            variant="secondary"
            aria-label={t('consent.withdraw.which', { when })}
          >
            {t('consent.withdraw')}
          </To>
        )
      }
    >
      <Summary
        rows={[
          ...(ended ? [{ term: t('consent.agreed.withdrawn-at'), value: words.dateTime(ended.saidAt) }] : []),
          {
            term: t('consent.agreed.purposes'),
            value: <Lines lines={record.purposes.map(one => t(`consent.purpose.${one}`))} />,
          },
          ...record.recipients.map(recipient => ({
            term: t(standing === 'live' ? 'consent.ask.check.sees' : 'consent.agreed.could-see', {
              name: nameOf(recipient),
            }),
            value: <Learns record={record} recipient={recipient} />,
          })),
          ...(record.named ? [{ term: t('consent.agreed.named'), value: <Lines lines={record.named} /> }] : []),
          ...(never.length > 0 ? [{ term: t('consent.kept.never'), value: <Lines lines={never.map(nameOf)} /> }] : []),
          { term: t('consent.agreed.spoken'), value: spoken(record, names.language(record.language), t) },
          { term: t('consent.ask.how.by'), value: t(`consent.ask.how.by.${record.givenBy}`) },
          ...(ended
            ? []
            : [
                {
                  term: t('consent.agreed.until'),
                  value: record.expiresAt ? words.date(record.expiresAt, 'long') : t('consent.ask.how.months.0'),
                },
              ]),
        ]}
      />
    </Card>
  )
}

const spoken = ({ interpreter }: ConsentRecord, language: string, t: ReturnType<typeof useWords>['t']): string =>
  interpreter === 'none' ? language : t(`consent.interpreted.${interpreter}`, { language })

/** Coded facts travel with every referral; what is worth reading is what else was agreed to. */
function Learns({ record, recipient }: { record: ConsentRecord; recipient: string }) {
  const { t, list } = useWords()
  const learns = agreedWith(record, recipient).filter(one => one !== 'STA')
  const kept = record.withhold.filter(one => one.recipient === recipient).flatMap(one => one.compartments)
  return (
    <>
      <Lines
        lines={learns.length > 0 ? learns.map(one => t(`compartment.${one}`)) : [t('consent.ask.share.only-coded')]}
      />
      {kept.length > 0 && (
        <p className="kept-note">
          {t('consent.kept.from-them', { what: list(kept.map(one => t(`compartment.${one}`))) })}
        </p>
      )}
    </>
  )
}

const Lines = ({ lines }: { lines: readonly string[] }) => (
  <ul className="plain-list">
    {lines.map(line => (
      <li key={line}>{line}</li>
    ))}
  </ul>
)
