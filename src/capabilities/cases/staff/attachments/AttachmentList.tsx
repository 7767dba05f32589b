import { useEffect, useRef, useState } from 'react'
import { address } from '#platform/contract/client.ts'
import { Button } from '#ui/Button.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { Loading } from '#ui/Loading.tsx'
import { Problem } from '#ui/Problem.tsx'
import { Tag } from '#ui/Tag.tsx'
import { useWords } from '#ui/words-context.tsx'
import { useAsk } from '../../../../staff/api.ts'
import { type Attachment, cases } from '../../contract.ts'
import { codeKey } from './codes.ts'
import { sizeText } from './size.ts'

const tones = { 'waiting-for-file': 'info', ready: 'good', refused: 'danger', quarantined: 'warning' } as const

/** Being filed takes a moment: so often, and so many times, the list looks again by itself. */
const lookAgain = { after: 2_000, most: 10 }

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
  const looks = useRef(0)
  const waits = asked.data?.items.some(one => one.state === 'waiting-for-file') ?? false
  // biome-ignore lint/correctness/useExhaustiveDependencies: every answer is looked at anew
  useEffect(() => {
    if (!waits || looks.current >= lookAgain.most) return
    const timer = setTimeout(() => {
      looks.current += 1
      void asked.refetch()
    }, lookAgain.after)
    return () => clearTimeout(timer)
  }, [waits, asked.dataUpdatedAt])
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
    <li className="attachment">
      {one.thumbnail && <img src={`data:image/jpeg;base64,${one.thumbnail}`} alt="" />}
      <div className="attachment-text">
        <span className="attachment-name">{one.name}</span>
        <span className="attachment-tags">
          <Tag tone={one.purpose === 'person' ? 'warning' : 'neutral'}>{t(`attachment.purpose.${one.purpose}`)}</Tag>
          {one.state !== 'ready' && <Tag tone={tones[one.state]}>{t(`attachment.state.${one.state}`)}</Tag>}
        </span>
        <span className="attachment-size">
          {[
            one.kind?.toUpperCase(),
            one.size !== null && sizeText(one.size, words.number),
            one.scanned === false && t('attachment.unscanned'),
          ]
            .filter(Boolean)
            .join(', ')}
        </span>
        <span className="attachment-size">{t('attachment.by', { name: one.by, when: words.dateTime(one.at) })}</span>
        {one.takenAt && (
          <span className="attachment-size">{t('attachment.taken', { when: words.dateTime(one.takenAt) })}</span>
        )}
        {!one.original && <span className="attachment-size">{t('attachment.changed')}</span>}
        {one.reason && <p>{t('attachment.why', { reason: one.reason })}</p>}
        {one.code && <p>{t(`attachment.code.${codeKey(one.code)}`)}</p>}
      </div>
      {one.copies.length > 0 && (
        <div className="attachment-actions">
          {[...one.copies].reverse().map(copy => (
            <a
              key={copy}
              className="button button-secondary button-compact"
              href={address(cases.readAttachment, { params: { case: caseId, attachment: one.id, copy } })}
              download
              aria-label={t('attachment.save-what', { copy, name: one.name })}
            >
              {t(`attachment.save.${copy}`)}
            </a>
          ))}
          {one.copies.includes('clean') && <p className="attachment-size">{t('attachment.original-tells')}</p>}
        </div>
      )}
    </li>
  )
}
