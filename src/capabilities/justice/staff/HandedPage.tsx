import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { Person } from '#capabilities/cases/staff/parts.tsx'
import { directory } from '#capabilities/directory/contract.ts'
import { address } from '#platform/contract/client.ts'
import { newId, useAsk, useCommand } from '#staff/api.ts'
import { useAll } from '#staff/use-all.ts'
import { Banner } from '#ui/Banner.tsx'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { Loading } from '#ui/Loading.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { Problem } from '#ui/Problem.tsx'
import { Tag } from '#ui/Tag.tsx'
import { Timeline } from '#ui/Timeline.tsx'
import { useWords } from '#ui/words-context.tsx'
import { type Handed, justice } from '../contract.ts'
import { ReceiptSheet } from './ReceiptSheet.tsx'

/** Receives what was handed over, and reads exactly that. */
export default function HandedPage() {
  const { t } = useWords()
  const { handed } = useParams({ strict: false }) as { handed: string }
  const receive = useCommand(justice.receive, [justice.receipts.id])
  const [receipt, setReceipt] = useState<string>()
  const found = useAsk(
    justice.readHanded,
    { params: { handed, receipt: receipt ?? '' } },
    { enabled: receipt !== undefined },
  )
  const take = () =>
    receive.mutate({ params: { handed }, body: { id: newId() } }, { onSuccess: ({ id }) => setReceipt(id) })
  return (
    <div className="stack">
      <PageHeader
        title={found.data?.content.reference ?? t('justice.handed.content')}
        above={<Link to={'/handed' as never}>{t('justice.handed.back')}</Link>}
      />
      {receive.isError && <Problem error={receive.error} />}
      {receipt === undefined && (
        <Card
          title={t('justice.handed.before')}
          footer={
            <Button busy={receive.isPending} onClick={take}>
              {t('justice.handed.receive')}
            </Button>
          }
        >
          <p>{t('justice.handed.before-text')}</p>
        </Card>
      )}
      {receipt !== undefined && found.isPending && <Loading lines={6} />}
      {found.isError && (
        <>
          <Problem error={found.error} />
          <div className="actions">
            <Button variant="secondary" busy={receive.isPending} onClick={take}>
              {t('justice.handed.again')}
            </Button>
          </div>
        </>
      )}
      {found.data && !found.isError && (
        <>
          <div className="stack justice-screen">
            {found.data.receipt.basis === 'consent' && <Wished />}
            <Content
              content={found.data.content}
              addressOf={file => address(justice.saveHanded, { params: { handed, receipt: receipt ?? '', file } })}
            />
          </div>
          <ReceiptSheet receipt={found.data.receipt} />
        </>
      )}
    </div>
  )
}

/** Of somebody who wants it: what that means, and the one place to turn to. */
function Wished() {
  const { t } = useWords()
  const { data } = useAll(directory.list)
  const unit = data?.items.find(one => one.competent && one.active)
  return (
    <Banner tone="info">
      <p>{t('justice.handed.consent-text')}</p>
      {unit && <p>{t('justice.handed.consent-reach', { unit: unit.name, phone: unit.phone ?? 'none' })}</p>}
    </Banner>
  )
}

/** What was opened, and nothing beside it. */
function Content({ content, addressOf }: { content: Handed; addressOf: (file: string) => string }) {
  const { t } = useWords()
  const nothing = <p>{t('justice.handed.nothing')}</p>
  return (
    <div className="stack">
      {content.identity && <Person identity={content.identity} />}
      {content.location !== undefined && (
        <Card title={t('compartment.LOC')}>
          {content.location === null ? nothing : <p className="told">{content.location}</p>}
        </Card>
      )}
      {content.health && (
        <Card title={t('compartment.HLT')}>
          {content.health.length === 0 ? (
            nothing
          ) : (
            <Timeline
              label={t('compartment.HLT')}
              level={3}
              entries={content.health.map((note, place) => ({
                id: `${place} ${note.at}`,
                when: note.at,
                title: (
                  <>
                    {t(`health.about.${note.about}`)} {note.corrected && <Tag>{t('health.was-corrected')}</Tag>}
                  </>
                ),
                body: (
                  <>
                    <p className="told">{note.text}</p>
                    {note.files.length > 0 && <Saved files={note.files} addressOf={addressOf} />}
                  </>
                ),
              }))}
            />
          )}
        </Card>
      )}
      {content.notes && (
        <Card title={t('compartment.SVC')}>
          {content.notes.length === 0 ? (
            nothing
          ) : (
            <Timeline
              label={t('compartment.SVC')}
              level={3}
              entries={content.notes.map((note, place) => ({
                id: `${place} ${note.at}`,
                when: note.at,
                title: t('justice.handed.note'),
                body: note.text,
              }))}
            />
          )}
        </Card>
      )}
    </div>
  )
}

type File = NonNullable<Handed['health']>[number]['files'][number]
/** Files of a note, to be saved; of one that no copy could be drawn of, whom to ask. */
function Saved({ files, addressOf }: { files: readonly File[]; addressOf: (file: string) => string }) {
  const { t } = useWords()
  return (
    <ul className="justice-files" aria-label={t('justice.handed.files')}>
      {files.map(one => (
        <li key={one.id}>
          <span>
            {one.name} ({one.kind.toUpperCase()})
          </span>
          {one.sha256 === null ? (
            <span>{t('justice.handed.ask-file')}</span>
          ) : (
            <>
              <span className="justice-hash">SHA-256 {one.sha256}</span>
              <a
                className="button button-secondary button-compact"
                href={addressOf(one.id)}
                download
                aria-label={t('justice.handed.save-what', { name: one.name })}
              >
                {t('justice.handed.save')}
              </a>
            </>
          )}
        </li>
      ))}
    </ul>
  )
}
