import { Link } from '@tanstack/react-router'
import { useAsk } from '#staff/api.ts'
import { Banner } from '#ui/Banner.tsx'
import { useWords } from '#ui/words-context.tsx'
import { cases } from '../../contract.ts'

/** Says that something waits to be settled, with the way there; nothing where nothing does. */
function Told({ count }: { count: number }) {
  const { t } = useWords()
  if (count === 0) return null
  return (
    <Banner
      tone="warning"
      title={t('case.conflicts.waiting', { count })}
      action={<Link to="/conflicts">{t('case.conflicts.look')}</Link>}
    >
      {t('case.conflicts.waiting-text')}
    </Banner>
  )
}

/** Of one case, for whoever may change who the person is. */
export function ConflictsOfCase({ caseId }: { caseId: string }) {
  const found = useAsk(cases.conflicts, { params: { case: caseId } })
  return <Told count={found.data?.items.length ?? 0} />
}

/** Of every case of the reader. */
export function MyConflicts() {
  const found = useAsk(cases.myConflicts, { query: {} })
  return <Told count={found.data?.items.length ?? 0} />
}
