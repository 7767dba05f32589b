import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useAsk, useCommand } from '#staff/api.ts'
import { FormPrint } from '#staff/form/FormPrint.tsx'
import { useSession } from '#staff/session.ts'
import { Banner } from '#ui/Banner.tsx'
import { Button } from '#ui/Button.tsx'
import { ConfirmDialog } from '#ui/ConfirmDialog.tsx'
import { Loading } from '#ui/Loading.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { Problem } from '#ui/Problem.tsx'
import { useWords } from '#ui/words-context.tsx'
import { screening } from '../../contract.ts'
import { About } from './About.tsx'
import { mayEdit } from './may-edit.ts'
import { namesOf } from './names.ts'
import { Rules } from './Rules.tsx'
import { TryOut } from './TryOut.tsx'
import { StateTag } from './tags.tsx'
import './instruments.css'

const stale = [screening.instruments.id, screening.instrument.id]

/** One version of an instrument: what is known of it, how it reads, and what can be done with it. */
export default function InstrumentPage() {
  const { t, lang } = useWords()
  const { role, me, organisation } = useSession()
  const navigate = useNavigate()
  const { code, version } = useParams({ strict: false }) as { code: string; version: string }
  const { view } = useSearch({ strict: false }) as { view?: string }
  const [withdrawing, setWithdrawing] = useState(false)
  const found = useAsk(screening.instrument, { params: { instrument: code }, query: { version } })
  const publish = useCommand(screening.publishInstrument, stale)
  const withdraw = useCommand(screening.withdrawInstrument, stale)
  const published = useRef<HTMLDivElement>(null)
  const isOut = publish.isSuccess && found.data?.status === 'published'
  // The button that was pressed is gone; whoever reads by ear goes on where it is said what came of it.
  useEffect(() => {
    if (isOut) published.current?.focus()
  }, [isOut])
  if (found.isPending) return <Loading lines={8} />
  if (found.isError)
    return (
      <div className="stack">
        <PageHeader
          title={t('screening.instruments.title')}
          above={<Link to="/instruments">{t('screening.instruments.title')}</Link>}
        />
        <Problem error={found.error} onRetry={() => void found.refetch()} />
      </div>
    )
  const one = found.data
  const show = (next?: string) =>
    void navigate({ to: '.', search: (next ? { view: next } : {}) as never, replace: next === undefined })
  if (view === 'try') return <TryOut instrument={one} onBack={() => show()} />
  if (view === 'print')
    return (
      <FormPrint
        definition={one.form}
        language={one.form.languages.includes(lang) ? lang : one.form.defaultLanguage}
        organisation={organisation.name}
        onBack={() => show()}
      />
    )
  const file = (kind: string) =>
    `/api/instruments/${encodeURIComponent(code)}/${kind}?version=${encodeURIComponent(version)}`
  const edits = mayEdit(role)
  const own = one.madeBy === me.account
  const act = { params: { instrument: code, version }, body: {}, version: one.revision }
  return (
    <div className="stack">
      <PageHeader
        title={namesOf(one.form, lang).say(one.title) || code}
        above={<Link to="/instruments">{t('screening.instruments.title')}</Link>}
        tags={
          <>
            <StateTag row={one} />
            <span className="note">{t('screening.instruments.named', { code, version })}</span>
          </>
        }
        actions={
          <>
            <Button onClick={() => show('try')}>{t('screening.instruments.try')}</Button>
            <Button variant="secondary" onClick={() => show('print')}>
              {t('screening.instruments.print')}
            </Button>
          </>
        }
      />
      {one.status === 'draft' && edits && (
        <Banner
          tone="info"
          title={t('screening.instruments.draft')}
          action={
            !own && (
              <Button compact busy={publish.isPending} onClick={() => publish.mutate(act)}>
                {t('screening.instruments.publish')}
              </Button>
            )
          }
        >
          {t(own ? 'screening.instruments.draft.own' : 'screening.instruments.draft.other')}
        </Banner>
      )}
      {publish.isError && <Problem error={publish.error} />}
      {isOut && (
        <div ref={published} tabIndex={-1}>
          <Banner tone="good" role="status">
            {t('screening.instruments.published')}
          </Banner>
        </div>
      )}
      <About instrument={one} />
      <Rules instrument={one} />
      <div className="actions">
        {edits && (
          <a className="button button-secondary" href={file('workbook')} download>
            {t('screening.instruments.download')}
          </a>
        )}
        <a className="button button-secondary" href={file('xform')} download>
          {t('screening.instruments.xform')}
        </a>
        {edits && !one.shipped && one.status !== 'withdrawn' && (
          <Button variant="danger" onClick={() => setWithdrawing(true)}>
            {t('screening.instruments.withdraw')}
          </Button>
        )}
      </div>
      {withdraw.isError && <Problem error={withdraw.error} />}
      <ConfirmDialog
        open={withdrawing}
        title={t('screening.instruments.withdraw.title')}
        confirmLabel={t('screening.instruments.withdraw')}
        tone="danger"
        busy={withdraw.isPending}
        onConfirm={() => withdraw.mutate(act, { onSettled: () => setWithdrawing(false) })}
        onCancel={() => setWithdrawing(false)}
      >
        {t('screening.instruments.withdraw.text')}
      </ConfirmDialog>
    </div>
  )
}
