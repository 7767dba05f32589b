import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Card } from '#ui/Card.tsx'
import { useWords } from '#ui/words-context.tsx'
import { parts } from './Frame.tsx'

/** The ways into the care of a case, for who is in charge of it. */
export function CareOfCase({ caseId, child }: { caseId: string; child: boolean }): ReactNode {
  const { t } = useWords()
  return (
    <Card>
      <ul className="things">
        {parts
          .filter(part => child || part !== 'child')
          .map(part => (
            <li key={part} className="thing">
              <div>
                <Link to={`/cases/$case/care/${part}` as string} params={{ case: caseId } as never}>
                  {t(`care.part.${part}`)}
                </Link>
                <p className="care-soft">{t(`care.part.${part}.lead`)}</p>
              </div>
            </li>
          ))}
      </ul>
    </Card>
  )
}
