import { useParams } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { UrgentSteps } from '#capabilities/directory/staff/parts.tsx'
import { newId, useAsk, useCommand } from '#staff/api.ts'
import { useDraft } from '#staff/phone/use-draft.ts'
import { useSession } from '#staff/session.ts'
import { Loading } from '#ui/Loading.tsx'
import { Problem } from '#ui/Problem.tsx'
import { StepPage } from '#ui/StepPage.tsx'
import { useWords } from '#ui/words-context.tsx'
import { type ConsentRecord, consent } from '../contract.ts'
import { asksAssent, giversOf } from '../givers.ts'
import { type HowSaid, HowSaidFields } from './HowSaidFields.tsx'
import { isGuest, standingOf, useBodies, withdrawalOf } from './standing.ts'
import { TextToRead } from './TextToRead.tsx'
import { Withdrawn } from './Withdrawn.tsx'
import './consent.css'

// What shows a share, an agreement or a referral that stood on it.
const stale = [consent.list.id, 'referrals.list', 'referrals.read', 'referrals.caseFile', 'screening.read']

/** A person takes a yes back: first what that means, then one press. Afterwards the page says what holds from now on. */
export default function Withdraw() {
  const { case: caseId, consent: id } = useParams({ strict: false }) as { case: string; consent: string }
  const ledger = useAsk(consent.list, { params: { case: caseId } })
  const bodies = useBodies()
  const withdraw = useCommand(consent.withdraw, stale)
  if (ledger.isPending || bodies.pending) return <Loading lines={6} />
  // Whoever saw this case by what was shared has no sight of it afterwards; what was read before still shows here.
  if (!ledger.data) return <Problem error={ledger.error} onRetry={() => void ledger.refetch()} />
  const { items } = ledger.data
  const record = items.find(one => one.id === id && one.kind === 'given')
  if (!record) return <Problem error={{ status: 404 }} />
  const others = items.filter(one => one.live && one.id !== id)
  if (withdraw.isSuccess || !record.live)
    return (
      <Withdrawn
        record={record}
        fresh={withdraw.isSuccess}
        standing={withdraw.isSuccess ? 'withdrawn' : standingOf(record, items)}
        withdrawal={withdrawalOf(record, items)}
        names={record.recipients.map(bodies.nameOf)}
        more={others.length > 0}
      />
    )
  return (
    <Confirm
      record={record}
      child={ledger.data.child}
      names={record.recipients.map(bodies.nameOf)}
      units={record.recipients.filter(one => bodies.find(one)?.competent).map(bodies.nameOf)}
      more={others.length > 0}
      busy={withdraw.isPending}
      problem={withdraw.isError && <Problem error={withdraw.error} />}
      onWithdraw={(body, key) => withdraw.mutate({ params: { case: caseId, consent: id }, body, key })}
    />
  )
}

/** The same press sent twice is one withdrawal, and said at one time. */
const newMade = () => ({ id: newId(), saidAt: new Date().toISOString() })
interface Withdrawing {
  readonly said: HowSaid
  readonly made: ReturnType<typeof newMade>
}

function Confirm({
  record,
  child,
  names,
  units,
  more,
  busy,
  problem,
  onWithdraw,
}: {
  record: ConsentRecord
  child: boolean | undefined
  names: readonly string[]
  /** those of them who may have opened a case */
  units: readonly string[]
  /** another yes stands beside this one */
  more: boolean
  busy: boolean
  problem: ReactNode
  onWithdraw: (body: HowSaid & { id: string; textVersion: 'withdrawing-1'; saidAt: string }, key: string) => void
}) {
  const { t, list } = useWords()
  const guest = isGuest(useSession().role)
  const [{ said, made }, setDraft] = useDraft<Withdrawing>(`withdraw ${record.id}`, record.case, () => ({
    said: {
      language: record.language,
      interpreter: record.interpreter,
      givenBy: giversOf('withdrawn', child).includes(record.givenBy) ? record.givenBy : 'person',
      form: 'oral-certified',
    },
    made: newMade(),
  }))
  const [tried, setTried] = useState(false)
  const missing = asksAssent(child, said.givenBy) && said.childAssent === undefined
  const error = tried && missing ? t('consent.ask.wrong.choose') : undefined
  const all = list(names)
  return (
    <StepPage
      title={t('consent.withdraw.title')}
      caption={t('consent.ask.caption')}
      hint={t('consent.withdraw.hint')}
      errors={error ? [{ field: 'childAssent', message: error }] : []}
      busy={busy}
      continueLabel={t('consent.withdraw.save')}
      onContinue={() => {
        setTried(true)
        if (!missing) onWithdraw({ ...said, ...made, textVersion: 'withdrawing-1' }, made.id)
      }}
      onBack={() => history.back()}
    >
      {problem}
      <div className="means">
        <section>
          <h2>{t('consent.withdraw.stops')}</h2>
          <p>{t(record.toPolice ? 'consent.withdraw.stops-police' : 'consent.withdraw.stops-text', { names: all })}</p>
          {guest && <p>{t('consent.withdraw.stops-others')}</p>}
          {more && <p>{t('consent.withdraw.more')}</p>}
        </section>
        <section>
          <h2>{t('consent.withdraw.stays')}</h2>
          <p>
            {t('consent.withdraw.stays-text')}{' '}
            {units.length > 0 && t('consent.withdraw.stays-unit', { names: list(units) })}
            {guest && record.purposes.includes('identification') && t('consent.withdraw.stays-some-unit')}
          </p>
        </section>
        <section>
          <h2>{t('consent.withdraw.goes-on')}</h2>
          <p>{t('consent.withdraw.goes-on-text')}</p>
        </section>
      </div>
      <h2 className="say-first">{t('consent.withdraw.safe')}</h2>
      <TextToRead version="withdrawing-1" spoken={said.language} />
      <details className="in-step">
        <summary>{t('consent.withdraw.danger')}</summary>
        <UrgentSteps />
      </details>
      <HowSaidFields
        said={said}
        child={child}
        error={error}
        onChange={change => {
          setDraft(kept => ({ said: { ...kept.said, ...change }, made: newMade() }))
        }}
      />
    </StepPage>
  )
}
