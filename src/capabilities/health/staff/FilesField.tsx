import { SendFiles, useFiles } from '#capabilities/cases/staff/parts.tsx'
import { useCommand } from '#staff/api.ts'
import { useWords } from '#ui/words-context.tsx'
import { health, mostFiles } from '../contract.ts'

/** Files for a note of a case. */
export function useNoteFiles(caseId: string, has = 0) {
  const attach = useCommand(health.attach, [health.notes.id])
  return useFiles((note, body) => attach.mutateAsync({ params: { case: caseId, note }, body }), has, mostFiles)
}

/** Adds files to a note that was written before. */
export function AddFiles(props: { caseId: string; note: string; has: number; onDone: () => void }) {
  const { t } = useWords()
  const files = useNoteFiles(props.caseId, props.has)
  return <SendFiles files={files} to={props.note} lead={t('health.files.lead')} onDone={props.onDone} />
}
