import { Link, useParams } from '@tanstack/react-router'
import { dial } from '#platform/country/dial.ts'
import { languageName } from '#platform/country/names.ts'
import { Banner } from '#ui/Banner.tsx'
import { Card } from '#ui/Card.tsx'
import { Loading } from '#ui/Loading.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { Problem } from '#ui/Problem.tsx'
import { Summary } from '#ui/Summary.tsx'
import { Tag } from '#ui/Tag.tsx'
import { useWords } from '#ui/words-context.tsx'
import { useAsk } from '../../../staff/api.ts'
import { useSession } from '../../../staff/session.ts'
import { directory, type Organisation } from '../contract.ts'
import './directory.css'
import { mailTo } from './mail-to.ts'
import { OnCall } from './OnCall.tsx'
import { Services } from './Services.tsx'

/** One organisation: how to reach it, what it offers, who works there and who is on call. Never where a shelter is. */
export default function OrganisationPage() {
  const { organisation } = useParams({ strict: false })
  const asked = useAsk(directory.get, { params: { organisation: organisation ?? '' } })
  if (asked.isPending) return <Loading lines={8} />
  if (asked.error && !asked.data) return <Problem error={asked.error} onRetry={() => void asked.refetch()} />
  return <View key={asked.data.id} organisation={asked.data} />
}

function View({ organisation }: { organisation: Organisation }) {
  const { t, lang } = useWords()
  const { role } = useSession()
  const { id, name, kind, competent, active, phone, email, languages, members } = organisation
  return (
    <div className="record-page">
      <PageHeader
        title={name}
        above={<Link to="/organisations">{t('directory.title')}</Link>}
        tags={
          <>
            <Tag>{t(`organisation.kind.${kind}`)}</Tag>
            {competent && <Tag tone="info">{t('directory.competent')}</Tag>}
          </>
        }
        actions={
          role === 'administrator' && (
            <Link
              to="/organisations/$organisation/edit"
              params={{ organisation: id }}
              className="button button-secondary"
            >
              {t('directory.edit')}
            </Link>
          )
        }
      />
      {!active && <Banner tone="warning">{t('directory.inactive-text')}</Banner>}
      <div className="sides">
        <div>
          <Card title={t('directory.reach')}>
            <Summary
              rows={[
                {
                  term: t('directory.phone'),
                  value: phone && <a href={dial(phone)}>{phone}</a>,
                },
                { term: t('directory.email'), value: email && <a href={mailTo(email)}>{email}</a> },
                { term: t('directory.languages'), value: languages.map(one => languageName(one, lang)).join(' · ') },
              ]}
            />
          </Card>
          <Card title={t('directory.members')}>
            {members.length === 0 ? (
              <p>{t('directory.members.none')}</p>
            ) : (
              <ul className="things">
                {members.map(one => (
                  <li className="thing" key={`${one.account} ${one.role}`}>
                    <span>{one.name}</span>
                    <span className="note">{t(`role.${one.role}`)}</span>
                  </li>
                ))}
              </ul>
            )}
          </Card>
        </div>
        <div>
          {' '}
          <Services organisation={organisation} />
          <OnCall organisation={organisation} />
        </div>
      </div>
    </div>
  )
}
