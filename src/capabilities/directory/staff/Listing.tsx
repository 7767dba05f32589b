import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useCommand } from '#staff/api.ts'
import { usePages } from '#staff/use-pages.ts'
import { useSettled } from '#staff/use-settled.ts'
import { Banner } from '#ui/Banner.tsx'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import { ConfirmDialog } from '#ui/ConfirmDialog.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { Loading } from '#ui/Loading.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { Problem } from '#ui/Problem.tsx'
import { Tag } from '#ui/Tag.tsx'
import { TextField } from '#ui/TextField.tsx'
import { useWords } from '#ui/words-context.tsx'
import { directory } from '../contract.ts'
import { exchange, mostPublished, type Unlisted } from '../contract-exchange.ts'
import './directory.css'
import { BroughtLines } from './services/BroughtLines.tsx'

const stale = [exchange.unlisted.id, directory.get.id, directory.services.id]

/** Services that came in by a file, with everything that everybody would read: read here, chosen, and made public at once. */
export default function Listing() {
  const { t } = useWords()
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [asking, setAsking] = useState(false)
  const publish = useCommand(exchange.publish, stale)
  const pages = usePages(exchange.unlisted, { search: useSettled(typed.trim()) || undefined })
  const rows = pages.rows as readonly Unlisted[]
  const free = rows.filter(one => one.alone === null)
  // Only what is shown is made public: what was chosen under another search waits for it.
  const ready = free.filter(one => chosen.has(one.id))
  const choose = (all: readonly string[]) => {
    publish.reset()
    setChosen(new Set(all))
  }
  const go = () => {
    setAsking(false)
    publish.mutate(
      {
        body: {
          services: ready.map(({ id, version, organisation }) => ({
            id,
            version,
            organisationVersion: organisation.version,
          })),
        },
      },
      // What somebody changed since is read again before it is chosen again.
      { onSettled: () => setChosen(new Set()), onError: () => void pages.onRetry() },
    )
  }
  return (
    <div className="stack">
      <PageHeader title={t('listing.title')} above={<Link to="/organisations/exchange">{t('exchange.title')}</Link>}>
        {t('listing.lead')}
      </PageHeader>
      <search className="directory-tools">
        <TextField
          name="search"
          label={t('services.search')}
          type="search"
          autoComplete="off"
          value={typed}
          onChange={event => setTyped(event.target.value)}
        />
      </search>
      <p role="status" className="directory-count">
        {pages.status === 'ready' && t(pages.onMore ? 'services.count-more' : 'services.count', { count: rows.length })}
      </p>
      {publish.data && (
        <Banner tone="good" role="status" title={t('listing.done', { count: publish.data.published })} />
      )}
      {publish.error && <Problem error={publish.error} />}
      {pages.status === 'loading' && <Loading lines={6} />}
      {pages.status === 'error' && <Problem error={pages.error} onRetry={() => void pages.onRetry()} />}
      {pages.status === 'ready' && rows.length === 0 && (
        <EmptyState title={t('listing.none')}>{t('listing.none.text')}</EmptyState>
      )}
      {free.length > 0 && (
        <p className="actions">
          <Button variant="secondary" compact onClick={() => choose(free.slice(0, mostPublished).map(one => one.id))}>
            {t('listing.choose-all')}
          </Button>
          {ready.length > 0 && (
            <Button variant="quiet" compact onClick={() => choose([])}>
              {t('listing.choose-none')}
            </Button>
          )}
        </p>
      )}
      <div className="record-page">
        {rows.map(row => (
          <Waiting
            key={row.id}
            row={row}
            chosen={chosen.has(row.id)}
            onChoose={yes => choose([...[...chosen].filter(id => id !== row.id), ...(yes ? [row.id] : [])])}
          />
        ))}
      </div>
      {pages.onMore && (
        <div className="more">
          <Button variant="secondary" wide busy={pages.loadingMore} onClick={pages.onMore}>
            {t('directory.more')}
          </Button>
        </div>
      )}
      {ready.length > 0 && (
        <p className="actions listing-go">
          <Button busy={publish.isPending} disabled={ready.length > mostPublished} onClick={() => setAsking(true)}>
            {t('listing.go', { count: ready.length })}
          </Button>
          {ready.length > mostPublished && <span>{t('listing.most', { count: mostPublished })}</span>}
        </p>
      )}
      <ConfirmDialog
        open={asking}
        title={t('listing.ask', { count: ready.length })}
        confirmLabel={t('listing.go', { count: ready.length })}
        onConfirm={go}
        onCancel={() => setAsking(false)}
      >
        {t('listing.ask.text')}
      </ConfirmDialog>
    </div>
  )
}

function Waiting({ row, chosen, onChoose }: { row: Unlisted; chosen: boolean; onChoose: (yes: boolean) => void }) {
  const { t } = useWords()
  const kind = t(`service.kind.${row.kind}`)
  const label = t('listing.choose', { service: row.name ?? kind })
  return (
    <Card
      title={row.name ?? kind}
      aside={row.alone && <Tag tone="warning">{t('listing.alone')}</Tag>}
      footer={
        row.alone ? (
          <Link
            to="/organisations/$organisation/services/$service"
            params={{ organisation: row.organisation.id, service: row.id }}
          >
            {t('listing.form')}
          </Link>
        ) : (
          <ChoiceGroup
            kind="checkbox"
            name={row.id}
            hideLabel
            label={label}
            options={[{ value: 'yes', label }]}
            value={chosen ? ['yes'] : []}
            onChange={value => onChoose(value.length > 0)}
          />
        )
      }
    >
      <p className="note">
        {kind} · {row.organisation.name}
      </p>
      {row.description && <p className="service-words">{row.description}</p>}
      {row.alone && <p>{t(`listing.alone.${row.alone}`)}</p>}
      {row.alone !== 'much' && <BroughtLines brought={row.brought} />}
    </Card>
  )
}
