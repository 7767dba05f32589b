import { Link, useNavigate, useParams } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useAsk } from '#staff/api.ts'
import { PageHeader } from '#ui/PageHeader.tsx'
import { useWords } from '#ui/words-context.tsx'
import { justice } from '../contract.ts'

/** The case that the address names, and the way back to what was given of it. */
export function useGiven() {
  const navigate = useNavigate()
  const { case: caseId } = useParams({ strict: false }) as { case: string }
  const back = () => void navigate({ to: '/cases/$case', params: { case: caseId }, search: { tab: 'given' } } as never)
  return { caseId, back }
}

/** Bodies with people who can be named, and their people. */
export function useBodies() {
  const people = useAsk(justice.people, {})
  const items = people.data?.items ?? []
  const bodies = new Map(items.map(one => [one.organisation, one.organisationName]))
  return {
    bodies: [...bodies].map(([value, label]) => ({ value, label })),
    peopleOf: (body: string) =>
      items
        .filter(one => one.organisation === body)
        .map(one => ({ value: one.account, label: one.name, role: one.role })),
  }
}

export function CaseFrame({ title, lead, children }: { title: string; lead: string; children: ReactNode }) {
  const { t } = useWords()
  const { caseId } = useGiven()
  return (
    <div className="stack">
      <PageHeader
        title={title}
        above={
          <Link to="/cases/$case" params={{ case: caseId }} search={{ tab: 'given' } as never}>
            {t('justice.back-to-case')}
          </Link>
        }
      >
        {lead}
      </PageHeader>
      {children}
    </div>
  )
}
