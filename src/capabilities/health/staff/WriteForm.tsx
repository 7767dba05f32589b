import { useState } from 'react'
import { FilesField, SendFiles } from '#capabilities/cases/staff/parts.tsx'
import { newId, useCommand } from '#staff/api.ts'
import { Button } from '#ui/Button.tsx'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import { Form } from '#ui/Form.tsx'
import { Problem } from '#ui/Problem.tsx'
import { TextArea } from '#ui/TextArea.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { type HealthNote, health, noteKinds } from '../contract.ts'
import { useNoteFiles } from './FilesField.tsx'

/**
 * Writes a note, or one that stands instead of another, which begins with what that one said. Files go after their note:
 * what could not be sent stays chosen, and the note is there.
 */
export function WriteForm({
  caseId,
  corrects,
  onDone,
}: {
  caseId: string
  corrects: HealthNote | undefined
  onDone: () => void
}) {
  const { t } = useWords()
  const errors = useFormErrors()
  const write = useCommand(health.write, [health.notes.id])
  const [about, setAbout] = useState<string>(corrects?.about ?? '')
  const [text, setText] = useState(corrects?.text ?? '')
  const files = useNoteFiles(caseId)
  const [written, setWritten] = useState<string>()
  const sendFiles = async (note: string) => {
    if (files.picked.length === 0 || (await files.send(note))) onDone()
    else setWritten(note)
  }
  const save = () =>
    write.mutate(
      {
        params: { case: caseId },
        body: {
          id: newId(),
          about: about as HealthNote['about'],
          text: text.normalize('NFC'),
          ...(corrects ? { corrects: corrects.id } : {}),
        },
      },
      { onSuccess: ({ id }) => void sendFiles(id), onError: errors.take },
    )
  if (written !== undefined)
    return <SendFiles files={files} to={written} lead={t('health.files.left')} onDone={onDone} />
  return (
    <div className="stack">
      {corrects && <p>{t('health.correct-lead')}</p>}
      <Form
        errors={[...errors.errors, ...files.errors]}
        busy={write.isPending || files.busy}
        submit={t('health.save')}
        onSubmit={save}
      >
        <ChoiceGroup
          kind="radio"
          name="about"
          label={t('health.about')}
          value={about}
          onChange={setAbout}
          options={noteKinds.map(value => ({ value, label: t(`health.about.${value}`) }))}
          error={errors.of('about')}
        />
        <TextArea
          name="text"
          label={t('health.text')}
          hint={t('health.text-hint')}
          rows={6}
          value={text}
          onChange={event => setText(event.target.value)}
          error={errors.of('text')}
        />
        <FilesField files={files} optional />
      </Form>
      {write.isError && errors.errors.length === 0 && <Problem error={write.error} />}
      <div className="actions">
        <Button variant="quiet" compact disabled={files.busy} onClick={onDone}>
          {t('ui.cancel')}
        </Button>
      </div>
    </div>
  )
}
