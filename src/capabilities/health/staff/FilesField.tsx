import { ChosenFile, PickFiles } from '#capabilities/cases/staff/parts.tsx'
import { Button } from '#ui/Button.tsx'
import { FieldSet } from '#ui/Field.tsx'
import { Form } from '#ui/Form.tsx'
import { useWords } from '#ui/words-context.tsx'
import { type Files, filesField, useFiles } from './use-files.ts'

/** Chooses files, shows how far each is, and takes one off before it is sent. */
export function FilesField({ files, optional }: { files: Files; optional?: boolean }) {
  const words = useWords()
  const { t } = words
  return (
    <FieldSet
      id={filesField}
      label={t('health.files')}
      hint={t('attachment.file-hint')}
      error={files.errors.map(one => one.message).join(' ') || undefined}
      optional={optional ?? false}
    >
      {files.picked.length > 0 && (
        <ul className="attachments" aria-label={t('health.files.chosen')}>
          {files.picked.map(one => (
            <li key={one.id}>
              <ChosenFile {...one} />
              {one.share === undefined ? (
                <Button
                  variant="quiet"
                  compact
                  disabled={files.busy}
                  aria-label={t('health.files.remove-what', { name: one.file.name })}
                  onClick={() => {
                    files.remove(one.id)
                    // The button goes with its file; whoever works by keyboard goes on here.
                    document.getElementById(filesField)?.focus()
                  }}
                >
                  {t('health.files.remove')}
                </Button>
              ) : (
                <progress
                  value={one.share}
                  aria-label={t('health.files.sending', {
                    name: one.file.name,
                    share: words.number(one.share, { style: 'percent' }),
                  })}
                />
              )}
            </li>
          ))}
        </ul>
      )}
      <PickFiles
        id={filesField}
        several
        disabled={files.busy}
        label={t(files.picked.length > 0 ? 'health.files.more' : 'health.files.choose')}
        onPick={picked => void files.pick(picked)}
      />
    </FieldSet>
  )
}

/** Sends chosen files to a note that is there. */
export function SendFiles({
  files,
  note,
  lead,
  onDone,
}: {
  files: Files
  note: string
  lead: string
  onDone: () => void
}) {
  const { t } = useWords()
  const send = async () => {
    if (files.picked.length === 0) return files.needed()
    if (await files.send(note)) onDone()
  }
  return (
    <div className="stack">
      <p>{lead}</p>
      <Form errors={files.errors} busy={files.busy} submit={t('health.files.send')} onSubmit={() => void send()}>
        <FilesField files={files} />
      </Form>
      <div className="actions">
        <Button variant="quiet" compact disabled={files.busy} onClick={onDone}>
          {t('ui.cancel')}
        </Button>
      </div>
    </div>
  )
}

/** Adds files to a note that was written before. */
export function AddFiles(props: { caseId: string; note: string; has: number; onDone: () => void }) {
  const { t } = useWords()
  const files = useFiles(props.caseId, props.has)
  return <SendFiles files={files} note={props.note} lead={t('health.files.lead')} onDone={props.onDone} />
}
