import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useAsk } from '#staff/api.ts'
import { usePhone } from '#staff/phone/here.ts'
import { useSession } from '#staff/session.ts'
import { Banner } from '#ui/Banner.tsx'
import { Button } from '#ui/Button.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { Loading } from '#ui/Loading.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { Problem } from '#ui/Problem.tsx'
import { Summary } from '#ui/Summary.tsx'
import { Tag } from '#ui/Tag.tsx'
import { useWords } from '#ui/words-context.tsx'
import { cases, identityNames } from '../../contract.ts'
import type { IdentityRecord } from '../../contract-identity.ts'
import { type Done, EditIdentity } from './EditIdentity.tsx'
import { labelOf } from './labels.ts'
import { useShown } from './use-shown.ts'
import { ConflictsOfCase } from './Waiting.tsx'
import './identity.css'

/** Who the person is, for whoever may change it: to look at, and all fields on one page to change. */
export default function IdentityPage() {
  const { t } = useWords()
  const { case: id } = useParams({ strict: false }) as { case: string }
  const found = useAsk(cases.identity, { params: { case: id } })
  if (found.isPending) return <Loading lines={8} />
  if (found.isError)
    return (
      <div className="stack">
        <PageHeader title={t('case.identity.title')} />
        <Problem error={found.error} onRetry={() => void found.refetch()} />
      </div>
    )
  return <Shown found={found.data} />
}

function Shown({ found }: { found: IdentityRecord }) {
  const { t } = useWords()
  const { role } = useSession()
  const navigate = useNavigate()
  const { change } = useSearch({ strict: false }) as { change?: string }
  const [saved, setSaved] = useState<Done | undefined>()
  const turn = (to: 'yes' | undefined) => void navigate({ to: '.', search: { change: to }, replace: !to } as never)
  const editing = change !== undefined && found.open
  return (
    <div className="stack identity-page">
      <PageHeader
        title={t('case.identity.title')}
        above={
          role === 'officer' ? (
            <Link to="/">{t('screening.nav.home')}</Link>
          ) : (
            <Link to="/cases/$case" params={{ case: found.case } as never}>
              {found.reference}
            </Link>
          )
        }
        tags={found.child && <Tag tone="info">{t('case.identity.child')}</Tag>}
        actions={
          found.open &&
          !editing && (
            <Button
              onClick={() => {
                setSaved(undefined)
                turn('yes')
              }}
            >
              {t('case.identity.change')}
            </Button>
          )
        }
      >
        {t('case.identity.of', { reference: found.reference })}
      </PageHeader>
      {saved && !editing && (
        <Banner tone={saved === 'saved' ? 'good' : 'info'} role="status">
          {t(`case.identity.${saved}`)}
        </Banner>
      )}
      <ConflictsOfCase caseId={found.case} />
      {editing ? (
        <EditIdentity
          found={found}
          onDone={how => {
            setSaved(how)
            turn(undefined)
          }}
        />
      ) : (
        <Known found={found} />
      )}
      {!found.open && <p>{t('case.identity.closed')}</p>}
    </div>
  )
}

function Known({ found }: { found: IdentityRecord }) {
  const words = useWords()
  const { t } = words
  const shown = useShown()
  const { waiting } = usePhone()
  const rows = identityNames
    .map(name => ({ name, said: found.fields[name], value: shown(name, found.fields[name]?.value) }))
    .filter(one => one.value !== '')
  if (rows.length === 0) return <EmptyState title={t('case.person.nothing')}>{t('case.identity.nothing')}</EmptyState>
  return (
    <Summary
      label={t('case.identity.title')}
      rows={rows.map(({ name, said, value }) => ({
        term: t(labelOf(name)),
        value: (
          <>
            <span className="identity-value">{value}</span>
            <span className="identity-by">
              {waiting.some(one => one.item.id === said?.version)
                ? t('case.identity.not-sent')
                : t('case.identity.by', { name: said?.byName ?? '', when: words.dateTime(said?.at ?? '') })}
            </span>
          </>
        ),
      }))}
    />
  )
}
