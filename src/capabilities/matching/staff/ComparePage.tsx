import { Link, useParams } from '@tanstack/react-router'
import { useNames } from '#capabilities/directory/staff/parts.tsx'
import { useAsk } from '#staff/api.ts'
import { Banner } from '#ui/Banner.tsx'
import { Card } from '#ui/Card.tsx'
import { Loading } from '#ui/Loading.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { Problem } from '#ui/Problem.tsx'
import { useWords } from '#ui/words-context.tsx'
import { type Comparison, matching, verdicts } from '../contract.ts'
import { JudgeForm } from './JudgeForm.tsx'
import { MatchStateTag, Strength, VerdictMark } from './tags.tsx'

type Field = Comparison['fields'][number]

/** Two records side by side, as far as somebody neutral has to see them, and their answer. */
export default function ComparePage() {
  const words = useWords()
  const { t } = words
  const { match } = useParams({ strict: false }) as { match: string }
  const found = useAsk(matching.compare, { params: { match } })
  const header = (
    <PageHeader
      title={t('matching.compare.title')}
      above={<Link to={'/matches' as string}>{t('matching.back')}</Link>}
      tags={
        found.data && (
          <>
            <MatchStateTag state={found.data.state} />
            <Strength strength={found.data.strength} />
          </>
        )
      }
    >
      {t('matching.compare.lead')}
    </PageHeader>
  )
  if (found.isPending) return <Loading lines={9} />
  if (found.isError)
    return (
      <>
        {header}
        <Problem error={found.error} onRetry={() => void found.refetch()} />
      </>
    )
  const { data } = found
  const of = (verdict: string) => data.fields.filter(one => one.verdict === verdict).length
  return (
    <div className="stack">
      {header}
      <p>{data.why.map(one => t(`matching.why.${one}`)).join(' · ')}</p>
      <ul className="match-counts" aria-label={t('matching.compare.count')}>
        {verdicts.map(one => (
          <li key={one}>
            <VerdictMark verdict={one} count={of(one)} />
          </li>
        ))}
      </ul>
      {data.why.includes('phone') && !data.why.includes('document') && (
        <Banner>{t('matching.compare.phone-hint')}</Banner>
      )}
      {data.strength === 'slight' && <Banner>{t('matching.compare.name-hint')}</Banner>}
      <Sides found={data} />
      <JudgeForm match={data} />
      {data.judgements.length > 0 && (
        <Card title={t('matching.judged.title')}>
          <div className="stack">
            {data.judgements.map(one => (
              <div key={one.id} className="stack-close">
                <MatchStateTag state={one.outcome} />
                <p className="told">{one.reason}</p>
                <p>{t('matching.judged.by', { name: one.byName, when: words.dateTime(one.at) })}</p>
              </div>
            ))}
          </div>
        </Card>
      )}
    </div>
  )
}

function Sides({ found }: { found: Comparison }) {
  const words = useWords()
  const { t } = words
  const heads = (['first', 'second'] as const).map((one, at) => ({
    title: t(`matching.compare.${one}`),
    month: new Intl.DateTimeFormat(words.lang, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
      new Date(found.months[at]!),
    ),
    held: found.held[at]!,
  }))
  const head = (at: 0 | 1) => (
    <div>
      {heads[at]!.title}
      <div className="match-side-closed">{t('matching.compare.recorded', { month: heads[at]!.month })}</div>
      {!heads[at]!.held && <div className="match-side-closed">{t('matching.compare.not-held')}</div>}
    </div>
  )
  return (
    <section aria-label={t('matching.compare.caption')} className="stack-close">
      <div className="match-side-heads">
        <div>{t('matching.compare.field')}</div>
        {head(0)}
        <div className="match-side-middle">{t('matching.compare.verdict')}</div>
        {head(1)}
      </div>
      <ul className="match-sides">
        {found.fields.map(one => (
          <li key={one.field} className={`match-side-row match-side-${one.verdict}`}>
            <p className="match-side-field">{t(`matching.field.${one.field}`)}</p>
            <Value field={one} at={0} of={heads[0]!.title} />
            <div className="match-side-middle">
              <VerdictMark verdict={one.verdict} />
            </div>
            <Value field={one} at={1} of={heads[1]!.title} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Value({ field, at, of }: { field: Field; at: 0 | 1; of: string }) {
  const words = useWords()
  const { t } = words
  const names = useNames()
  const value = field.values[at]
  const shown = () => {
    if (value === null) return undefined
    if (field.field === 'sex') return t(`sex.${value}`)
    if (field.field === 'nationality') return names.nationality(value)
    if (field.field === 'language') return names.language(value)
    if (field.field === 'sector') return t(`sector.${value}`)
    if (field.field === 'child') return t(value === 'yes' ? 'matching.yes' : 'matching.no')
    if (field.field === 'birth' && value.includes('-')) return words.date(value, 'long')
    return value
  }
  return (
    <p className="match-side-value">
      <span className="match-side-value-of">{of}: </span>
      {shown() ?? (
        <span className="match-side-closed">
          {t(field.verdict === 'unknown' ? 'matching.compare.not-said' : 'matching.compare.closed')}
        </span>
      )}
    </p>
  )
}
