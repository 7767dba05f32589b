import { createLink } from '@tanstack/react-router'
import { useWaiting } from '#staff/phone/here.ts'
import { useSession } from '#staff/session.ts'
import { Banner } from '#ui/Banner.tsx'
import { LinkButton } from '#ui/LinkButton.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { useWords } from '#ui/words-context.tsx'
import type { ConsentRecord } from '../contract.ts'
import { isGuest, type Standing } from './standing.ts'

const To = createLink(LinkButton)

/** A yes that no longer stands: what that means from now on, and what can still be offered. */
export function Withdrawn({
  record,
  fresh,
  standing,
  withdrawal,
  names,
  more,
}: {
  record: ConsentRecord
  /** just now, by whoever looks at it */
  fresh: boolean
  standing: Standing
  /** the record of it, where it is known already */
  withdrawal: ConsentRecord | undefined
  names: readonly string[]
  /** another yes still stands */
  more: boolean
}) {
  const words = useWords()
  const { t } = words
  const { role } = useSession()
  const of = { case: record.case } as never
  const waiting = useWaiting(withdrawal?.id ?? '')
  const when = withdrawal?.saidAt
  return (
    <div className="stack">
      {waiting ? (
        <Banner tone="warning" role="status">
          {t('consent.withdrawn.waiting')}
        </Banner>
      ) : (
        fresh && (
          <Banner tone="good" role="status">
            {t('consent.withdrawn.recorded')}
          </Banner>
        )
      )}
      <PageHeader title={t(`consent.${standing}.title`)}>
        {t(waiting ? 'consent.withdrawn.text-waiting' : 'consent.withdrawn.text', { names: words.list(names) })}
        {when && !fresh && ` ${t('consent.withdrawn.when', { when: words.date(when, 'long') })}`}
      </PageHeader>
      {more && <Banner tone="info">{t('consent.withdrawn.more')}</Banner>}
      {fresh && <p>{t(waiting ? 'consent.withdrawn.tell-waiting' : 'consent.withdrawn.tell')}</p>}
      <div className="choose-next">
        <To to="/help" variant={fresh ? 'primary' : 'secondary'} wide>
          {t('screening.done.show-help')}
        </To>
        {!isGuest(role) && (
          <To to="/cases/$case/consents" params={of} variant="secondary" wide>
            {t('consent.agreed.title')}
          </To>
        )}
        {(role === 'officer' || isGuest(role)) && (
          <To to="/" variant="quiet" wide>
            {t(role === 'officer' ? 'consent.withdrawn.home' : 'consent.withdrawn.inbox')}
          </To>
        )}
      </div>
    </div>
  )
}
