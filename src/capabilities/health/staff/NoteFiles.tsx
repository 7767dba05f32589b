import { FileItem } from '#capabilities/cases/staff/parts.tsx'
import { address } from '#platform/contract/client.ts'
import { useWords } from '#ui/words-context.tsx'
import { type HealthFile, health } from '../contract.ts'

/** The files of a note, to be saved. */
export function NoteFiles({ caseId, files }: { caseId: string; files: readonly HealthFile[] }) {
  const { t } = useWords()
  if (files.length === 0) return null
  return (
    <ul className="attachments" aria-label={t('health.files.of')}>
      {files.map(one => (
        <FileItem
          key={one.id}
          one={one}
          addressOf={copy => address(health.readFile, { params: { case: caseId, file: one.id, copy } })}
        >
          {one.state === 'ready' && one.copies.length === 0 && <p>{t('health.files.ask')}</p>}
        </FileItem>
      ))}
    </ul>
  )
}
