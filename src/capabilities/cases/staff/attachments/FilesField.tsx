import { Button } from '#ui/Button.tsx'
import { FieldSet } from '#ui/Field.tsx'
import { Form } from '#ui/Form.tsx'
import { useWords } from '#ui/words-context.tsx'
import { ChosenFile, PickFiles } from './ChosenFile.tsx'
import { type Files, filesField } from './use-files.ts'

/** Chooses files, shows how far each is, and takes one off before it is sent. */
export function FilesField({ files, optional }: { files: Files; optional?: boolean }) {
  const words = useWords()
  const { t } = words
  return (
    <FieldSet
      id={filesField}
      label={t('attachment.files')}
      hint={t('attachment.file-hint')}
      error={files.errors.map(one => one.message).join(' ') || undefined}
      optional={optional ?? false}
    >
      {files.picked.length > 0 && (
        <ul className="attachments" aria-label={t('attachment.files.chosen')}>
          {files.picked.map(one => (
            <li key={one.id}>
              <ChosenFile {...one} />
              {one.share === undefined ? (
                <Button
                  variant="quiet"
                  compact
                  disabled={files.busy}
                  aria-label={t('attachment.files.remove-what', { name: one.file.name })}
                  onClick={() => {
                    files.remove(one.id)
                    // The button goes with its file; whoever works by keyboard goes on here.
                    document.getElementById(filesField)?.focus()
                  }}
                >
                  {t('attachment.files.remove')}
                </Button>
              ) : (
                <progress
                  value={one.share}
                  aria-label={t('attachment.files.sending', {
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
        label={t(files.picked.length > 0 ? 'attachment.files.more' : 'attachment.files.choose')}
        onPick={picked => void files.pick(picked)}
      />
    </FieldSet>
  )
}

/** Sends chosen files to something that is there. */
export function SendFiles({ files, to, lead, onDone }: { files: Files; to: string; lead: string; onDone: () => void }) {
  const { t } = useWords()
  const send = async () => {
    if (files.picked.length === 0) return files.needed()
    if (await files.send(to)) onDone()
  }
  return (
    <div className="stack">
      <p>{lead}</p>
      <Form errors={files.errors} busy={files.busy} submit={t('attachment.files.send')} onSubmit={() => void send()}>
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
