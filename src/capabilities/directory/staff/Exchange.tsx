import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Answer } from '#platform/contract/client.ts'
import { useCommand } from '#staff/api.ts'
import { Banner } from '#ui/Banner.tsx'
import { Button } from '#ui/Button.tsx'
import { DataTable } from '#ui/desk/DataTable.tsx'
import { Field } from '#ui/Field.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { Problem } from '#ui/Problem.tsx'
import { problemText } from '#ui/problem-text.ts'
import { SelectField } from '#ui/SelectField.tsx'
import { useWords } from '#ui/words-context.tsx'
import { directory, type ServiceKind, serviceKinds } from '../contract.ts'
import { exchange, mostFileBytes, mostRefusals } from '../contract-exchange.ts'

/** A chosen file in base64: in which encoding it is the server sees. */
async function read(file: File): Promise<string> {
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result))
    reader.onerror = () => reject(reader.error)
    reader.readAsDataURL(file)
  })
  return url.slice(url.indexOf(',') + 1)
}

/** The directory to and from others. A file is looked at whole before anything of it is kept. */
export default function Exchange() {
  const words = useWords()
  const { t } = words
  const [file, setFile] = useState('')
  const [kind, setKind] = useState('')
  const [refused, setRefused] = useState('')
  const check = useCommand(exchange.checkHsds)
  const bring = useCommand(exchange.bringHsds, [directory.list.id, directory.services.id])
  const given = () => ({ file, ...(kind ? { kind: kind as ServiceKind } : {}) })
  const forget = () => {
    check.reset()
    bring.reset()
    setRefused('')
  }
  const choose = async (chosen: File | undefined) => {
    forget()
    setFile('')
    if (!chosen) return
    if (chosen.size > mostFileBytes) return setRefused(t('exchange.too-large'))
    setFile(await read(chosen))
  }
  const found = check.data
  const failed = bring.error ?? check.error
  const moves = found ? [found.organisations, found.services].flatMap(one => [one.new, one.changed]) : []
  return (
    <div className="stack">
      <PageHeader title={t('exchange.title')} above={<Link to="/organisations">{t('directory.title')}</Link>}>
        {t('exchange.lead')}
      </PageHeader>
      <section className="stack-close">
        <h2>{t('exchange.out')}</h2>
        <p>{t('exchange.out.text')}</p>
        <p className="actions">
          <a className="button button-secondary" href="/api/directory/hsds/file" download>
            {t('exchange.out.go')}
          </a>
        </p>
      </section>
      <section className="stack-close">
        <h2>{t('listing.title')}</h2>
        <p>{t('listing.until')}</p>
        <p className="actions">
          <Link to="/organisations/listing" className="button button-secondary">
            {t('listing.open')}
          </Link>
        </p>
      </section>
      <section className="stack">
        <h2>{t('exchange.in')}</h2>
        <Field id="file" label={t('exchange.file')} hint={t('exchange.file.hint')} error={refused || undefined}>
          <input
            id="file"
            type="file"
            className="input"
            accept=".json,application/json"
            aria-describedby="file-hint"
            aria-invalid={refused ? true : undefined}
            onChange={event => void choose(event.target.files?.[0])}
          />
        </Field>
        <SelectField
          name="kind"
          label={t('exchange.kind')}
          value={kind}
          placeholder={t('exchange.kind.none')}
          onChange={event => {
            forget()
            setKind(event.target.value)
          }}
          options={serviceKinds.map(value => ({ value, label: t(`service.kind.${value}`) }))}
        />
        <p className="actions">
          <Button busy={check.isPending} disabled={!file} onClick={() => check.mutate({ body: given() })}>
            {t('exchange.check')}
          </Button>
        </p>
        {failed && <Problem error={failed} />}
        {failed && problemText(failed, words).errors.map(one => <p key={one.message}>{one.message}</p>)}
        {found && (
          <>
            <div role="status">
              <Banner
                tone={bring.isSuccess ? 'good' : 'info'}
                title={t(bring.isSuccess ? 'exchange.done' : 'exchange.found')}
              >
                <p>{t('exchange.not-public')}</p>
                <p>{t('exchange.hidden', { count: found.hidden })}</p>
              </Banner>
            </div>
            <Counts found={found} />
            <Rewrites found={found} />
            <Refusals found={found} />
            {!bring.isSuccess &&
              (moves.some(count => count > 0) ? (
                <p className="actions">
                  <Button
                    busy={bring.isPending}
                    onClick={() => bring.mutate({ body: { ...given(), checked: found.checked } })}
                  >
                    {t('exchange.go')}
                  </Button>
                </p>
              ) : (
                <p>{t('exchange.nothing')}</p>
              ))}
          </>
        )}
      </section>
    </div>
  )
}

type Found = Answer<typeof exchange.checkHsds>
function Counts({ found }: { found: Found }) {
  const { t } = useWords()
  return (
    <DataTable
      caption={t('exchange.found')}
      rows={(['organisations', 'services'] as const).map(what => ({ what, ...found[what] }))}
      rowId={row => row.what}
      columns={[
        { key: 'what', title: t('exchange.name'), cell: row => t(`exchange.${row.what}`) },
        { key: 'new', title: t('exchange.new'), cell: row => row.new },
        { key: 'changed', title: t('exchange.changed'), cell: row => row.changed },
        { key: 'same', title: t('exchange.same'), cell: row => row.same },
      ]}
    />
  )
}
/** A file can send links and calls to somebody else: whoever brings it in reads that first. */
function Rewrites({ found }: { found: Found }) {
  const { t } = useWords()
  if (found.rewritten === 0) return null
  const title = t('exchange.rewritten', { count: found.rewritten })
  return (
    <section className="stack-close">
      <h3>{title}</h3>
      <p>{t('exchange.rewritten.text')}</p>
      {found.rewritten > mostRefusals && <p>{t('exchange.rewritten.more', { count: mostRefusals })}</p>}
      <DataTable
        caption={title}
        rows={found.rewrites.map((one, place) => ({ ...one, place }))}
        rowId={row => String(row.place)}
        columns={[
          { key: 'row', title: t('exchange.row'), cell: row => row.row },
          { key: 'name', title: t('exchange.name'), cell: row => row.name },
          { key: 'field', title: t('exchange.field'), cell: row => t(`exchange.rewritten.${row.field}`) },
          { key: 'before', title: t('exchange.before'), cell: row => row.before ?? '–' },
          { key: 'after', title: t('exchange.after'), cell: row => row.after ?? '–' },
        ]}
      />
    </section>
  )
}
function Refusals({ found }: { found: Found }) {
  const { t } = useWords()
  if (found.refused === 0) return <p>{t('exchange.refused', { count: 0 })}</p>
  return (
    <section className="stack-close">
      <h3>{t('exchange.refused', { count: found.refused })}</h3>
      <p>{t('exchange.refused.text')}</p>
      {found.refusals.length >= mostRefusals && <p>{t('exchange.refused.more', { count: mostRefusals })}</p>}
      <DataTable
        caption={t('exchange.refused', { count: found.refused })}
        rows={found.refusals.map((one, place) => ({ ...one, place }))}
        rowId={row => String(row.place)}
        columns={[
          { key: 'row', title: t('exchange.row'), cell: row => row.row },
          { key: 'name', title: t('exchange.name'), cell: row => row.name ?? '–' },
          { key: 'field', title: t('exchange.field'), cell: row => row.field },
          {
            key: 'reason',
            title: t('exchange.reason'),
            cell: row => t(`problem.field.${row.code}`, { limit: row.limit ?? 0 }),
          },
        ]}
      />
    </section>
  )
}
