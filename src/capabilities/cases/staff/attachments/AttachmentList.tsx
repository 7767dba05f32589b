import { useState } from 'react'
import { address } from '#platform/contract/client.ts'
import { Button } from '#ui/Button.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { Loading } from '#ui/Loading.tsx'
import { Problem } from '#ui/Problem.tsx'
import { Tag } from '#ui/Tag.tsx'
import { useWords } from '#ui/words-context.tsx'
import { useAsk } from '../../../../staff/api.ts'
import { type Attachment, cases } from '../../contract.ts'
import { FileItem, useLookAgain } from './FileItem.tsx'

/** What is attached to a case, for whoever is in charge of the care. Pictures show small; everything else is saved. */
export function AttachmentList({ caseId }: { caseId: string }) {
  // Where each page begins; the first has no beginning.
  const [pages, setPages] = useState<readonly (string | undefined)[]>([undefined])
  return (
    <div className="stack-close">
      {pages.map((after, at) => (
        <Page
          key={after ?? 'first'}
          caseId={caseId}
          after={after}
          onMore={at === pages.length - 1 ? next => setPages([...pages, next]) : undefined}
        />
      ))}
    </div>
  )
}

function Page({
  caseId,
  after,
  onMore,
}: {
  caseId: string
  after: string | undefined
  onMore: ((next: string) => void) | undefined
}) {
  const { t } = useWords()
  const asked = useAsk(cases.listAttachments, { params: { case: caseId }, query: after ? { after } : {} })
  useLookAgain(asked.data?.items.some(one => one.state === 'waiting-for-file') ?? false, asked)
  if (asked.isPending) return <Loading lines={4} />
  if (asked.isError) return <Problem error={asked.error} onRetry={() => void asked.refetch()} />
  const { items, next } = asked.data
  if (items.length === 0) return after ? null : <EmptyState title={t('attachment.none')} />
  return (
    <>
      <ul className="attachments" aria-label={t('attachment.title')}>
        {items.map(one => (
          <Item key={one.id} caseId={caseId} one={one} />
        ))}
      </ul>
      {next && onMore && (
        <div className="actions">
          <Button variant="secondary" onClick={() => onMore(next)}>
            {t('attachment.more')}
          </Button>
        </div>
      )}
    </>
  )
}

function Item({ caseId, one }: { caseId: string; one: Attachment }) {
  const words = useWords()
  const { t } = words
  return (
    <FileItem
      one={one}
      addressOf={copy => address(cases.readAttachment, { params: { case: caseId, attachment: one.id, copy } })}
      tag={<Tag tone={one.purpose === 'person' ? 'warning' : 'neutral'}>{t(`attachment.purpose.${one.purpose}`)}</Tag>}
    >
      <span className="attachment-size">{t('attachment.by', { name: one.by, when: words.dateTime(one.at) })}</span>
      {one.takenAt && (
        <span className="attachment-size">{t('attachment.taken', { when: words.dateTime(one.takenAt) })}</span>
      )}
      {one.compartment === 'ID' && <span className="attachment-size">{t('attachment.of-identity')}</span>}
      {!one.original && <span className="attachment-size">{t('attachment.changed')}</span>}
      {one.reason && <p>{t('attachment.why', { reason: one.reason })}</p>}
    </FileItem>
  )
}
