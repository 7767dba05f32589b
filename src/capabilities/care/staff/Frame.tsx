import { Link, useParams } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { PageHeader } from '#ui/PageHeader.tsx'
import { useWords } from '#ui/words-context.tsx'
import './care.css'

export const parts = ['assessment', 'safety', 'plan', 'services', 'follow-ups', 'child', 'closing'] as const
export type Part = (typeof parts)[number]

/** The case that the address names. */
export const useCase = (): string => (useParams({ strict: false }) as { case: string }).case

/** A page of the care of one case, with the way back and to its other parts. */
export function CareFrame({
  part,
  lead,
  actions,
  strip = true,
  children,
}: {
  part: Part
  lead?: ReactNode
  actions?: ReactNode
  /** Left out for who has no part in the care. */
  strip?: boolean
  children: ReactNode
}) {
  const { t } = useWords()
  const caseId = useCase()
  return (
    <div className="stack care">
      <PageHeader
        title={t(`care.part.${part}`)}
        above={
          <Link to="/cases/$case" params={{ case: caseId }} search={{ tab: strip ? 'care' : 'closing' } as never}>
            {t('care.back')}
          </Link>
        }
        actions={actions}
      >
        {lead}
      </PageHeader>
      {strip && <Parts current={part} caseId={caseId} />}
      {children}
    </div>
  )
}

function Parts({ current, caseId }: { current: Part; caseId: string }) {
  const { t } = useWords()
  return (
    <nav aria-label={t('care.parts')} className="care-screen">
      <ul className="care-parts">
        {parts.map(part => (
          <li key={part}>
            <Link
              to={`/cases/$case/care/${part}` as string}
              params={{ case: caseId } as never}
              aria-current={part === current ? 'page' : undefined}
            >
              {t(`care.part.${part}`)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
