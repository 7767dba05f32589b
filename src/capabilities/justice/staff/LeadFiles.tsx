import { useState } from 'react'
import { FileItem, SendFiles, useFiles, useLookAgain } from '#capabilities/cases/staff/parts.tsx'
import { address } from '#platform/contract/client.ts'
import { useCommand } from '#staff/api.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { useWords } from '#ui/words-context.tsx'
import { justice, type Lead } from '../contract.ts'
import { type LeadFile, mostLeadFiles } from '../contract-leads.ts'

/** Files of a lead, to be saved, and more of them for who works on it. */
export function LeadFiles({ one, asked }: { one: Lead; asked: { refetch: () => unknown; dataUpdatedAt: number } }) {
  const words = useWords()
  const { t } = words
  const [adding, setAdding] = useState(false)
  const files = one.files as readonly LeadFile[]
  useLookAgain(
    files.some(file => file.state === 'waiting-for-file'),
    asked,
  )
  const mayAdd = one.moves.includes('attach') && files.length < mostLeadFiles
  return (
    <Card title={t('justice.lead.files')}>
      <div className="stack">
        {adding ? (
          <Adding lead={one.id} has={files.length} onDone={() => setAdding(false)} />
        ) : (
          mayAdd && (
            <div className="actions">
              <Button variant="secondary" onClick={() => setAdding(true)}>
                {t('justice.lead.files-add')}
              </Button>
            </div>
          )
        )}
        {files.length === 0 ? (
          <EmptyState title={t('justice.lead.files-none')} />
        ) : (
          <ul className="attachments" aria-label={t('justice.lead.files')}>
            {files.map(file => (
              <FileItem
                key={file.id}
                one={file}
                addressOf={copy => address(justice.readLeadFile, { params: { lead: one.id, file: file.id, copy } })}
              >
                <span className="attachment-size">
                  {t('attachment.by', { name: file.by, when: words.dateTime(file.at) })}
                </span>
              </FileItem>
            ))}
          </ul>
        )}
      </div>
    </Card>
  )
}

function Adding({ lead, has, onDone }: { lead: string; has: number; onDone: () => void }) {
  const { t } = useWords()
  const attach = useCommand(justice.attachToLead, [justice.readLead.id])
  const files = useFiles((of, body) => attach.mutateAsync({ params: { lead: of }, body }), has, mostLeadFiles)
  return <SendFiles files={files} to={lead} lead={t('justice.lead.files-lead')} onDone={onDone} />
}
