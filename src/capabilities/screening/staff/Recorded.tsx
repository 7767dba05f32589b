import { createLink, Link, useParams, useSearch } from '@tanstack/react-router'
import { consent } from '#capabilities/consent/contract.ts'
import { useNames } from '#capabilities/directory/staff/parts.tsx'
import { useAsk } from '#staff/api.ts'
import { WaitingTag } from '#staff/phone/WaitingTag.tsx'
import { Banner } from '#ui/Banner.tsx'
import { LinkButton } from '#ui/LinkButton.tsx'
import { Loading } from '#ui/Loading.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { Problem } from '#ui/Problem.tsx'
import { Summary } from '#ui/Summary.tsx'
import { Tag } from '#ui/Tag.tsx'
import { useWords } from '#ui/words-context.tsx'
import { type Screening, screening } from '../contract.ts'
import { Asked, Readings, Signs } from './Noted.tsx'
import './officer.css'

const To = createLink(LinkButton)

/** One screening of the officer: what it asks for now, then what was recorded. */
export default function Recorded() {
  const { screening: id } = useParams({ strict: false }) as { screening: string }
  const found = useAsk(screening.read, { params: { screening: id } })
  if (found.isPending) return <Loading lines={6} />
  if (found.isError) return <Problem error={found.error} onRetry={() => void found.refetch()} />
  return <Shown found={found.data} />
}

function Shown({ found }: { found: Screening }) {
  const { t } = useWords()
  const { new: fresh } = useSearch({ strict: false }) as { new?: string }
  // A sign, a yes or the officer's own worry: each is enough to offer help, none says anything certain.
  const noticed = (found.card?.findings.length ?? 0) > 0
  const concern = found.talkFurther || found.worried || found.danger || found.child || noticed
  const of = { case: found.case } as never
  // Agreed to, and not yet sent: the referral is what is left to do.
  const ledger = useAsk(consent.list, { params: { case: found.case } })
  const agreed = ledger.data?.items.some(one => one.live) ?? false
  const answered = ledger.data?.items.some(one => one.kind !== 'limits-told') ?? false
  return (
    <div className="stack">
      {fresh && !found.referred && (
        <Banner tone="good" role="status">
          {t('screening.done.recorded')}
        </Banner>
      )}
      <PageHeader
        title={t('screening.done.title', { reference: found.reference })}
        above={<Link to="/">{t('screening.nav.home')}</Link>}
        tags={
          <>
            <WaitingTag record={found.id} />
            <Tag tone={found.referred ? 'good' : 'neutral'}>
              {t(found.referred ? 'screening.tag.referred' : 'screening.tag.not-referred')}
            </Tag>
            {found.child && <Tag tone="info">{t('screening.tag.child')}</Tag>}
            {found.danger && <Tag tone="danger">{t('screening.tag.danger')}</Tag>}
          </>
        }
      />
      {found.danger && (
        <Banner tone="danger" action={<Link to="/danger">{t('screening.danger.title')}</Link>}>
          {t('screening.done.danger')}
        </Banner>
      )}
      <section className="result">
        <h2>{t(concern ? 'screening.done.concern.title' : 'screening.done.quiet.title')}</h2>
        <p>{t(concern ? 'screening.done.concern.text' : 'screening.done.quiet.text')}</p>
        {found.child && <p>{t('screening.done.child')}</p>}
      </section>
      <section className="first-things" aria-label={t('screening.done.next')}>
        {found.referred && (
          <To to="/referrals" wide>
            {t('screening.done.sent')}
          </To>
        )}
        {agreed && (
          <To to="/cases/$case/refer" params={of} variant={found.referred ? 'secondary' : 'primary'} wide>
            {t('screening.done.write-referral')}
          </To>
        )}
        <To to="/cases/$case/consent" params={of} variant={found.referred || agreed ? 'secondary' : 'primary'} wide>
          {t(agreed || found.referred ? 'screening.done.ask-again' : 'screening.done.ask-consent')}
        </To>
        <To to="/help" variant="secondary" wide>
          {t('screening.done.show-help')}
        </To>
        <To to="/cases/$case/identity" params={of} variant="quiet" wide>
          {t('screening.done.identity')}
        </To>
        <To to="/cases/$case/files" params={of} variant="quiet" wide>
          {t('screening.done.files')}
        </To>
        {answered && (
          <To to="/cases/$case/consents" params={of} variant="quiet" wide>
            {t('consent.agreed.title')}
          </To>
        )}
      </section>
      {(found.card?.told || found.shortScreen?.told) && (
        <section className="stack-close">
          <h2>{t('screening.done.read')}</h2>
          <Readings found={found} />
        </section>
      )}
      <section className="stack-close">
        <h2>{t('screening.done.recorded-title')}</h2>
        <What found={found} />
      </section>
    </div>
  )
}

function What({ found }: { found: Screening }) {
  const words = useWords()
  const { t } = words
  const names = useNames()
  return (
    <Summary
      rows={[
        { term: t('screening.done.said-at'), value: words.dateTime(found.saidAt) },
        ...(found.writtenAt
          ? [
              {
                term: t('screening.done.paper'),
                value: t('screening.done.paper.typed', {
                  name: found.writtenBy ?? '',
                  when: words.dateTime(found.receivedAt),
                }),
              },
            ]
          : []),
        {
          term: t('screening.done.place'),
          value: t(found.placeSafe ? 'screening.done.place.yes' : 'screening.done.place.no'),
        },
        { term: t('screening.field.language'), value: names.language(found.language) },
        { term: t('screening.field.interpreter'), value: t(`screening.option.interpreter.${found.interpreter}`) },
        {
          term: t('screening.done.age'),
          value: t(found.child ? 'screening.done.age.child' : 'screening.done.age.adult'),
        },
        {
          term: t('screening.done.signs'),
          value: found.card && <Signs found={found} />,
        },
        { term: t('screening.field.sector'), value: found.sector && t(`sector.${found.sector}`) },
        {
          term: t('screening.done.answers'),
          value: <Asked found={found} />,
        },
        { term: t('screening.done.worried'), value: t(`screening.option.worried.${found.worried ? 'yes' : 'no'}`) },
        { term: t('screening.done.story'), value: found.story && <span className="told">{found.story}</span> },
      ]}
    />
  )
}
