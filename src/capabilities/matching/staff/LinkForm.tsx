import { useState } from 'react'
import { newId, useCommand } from '#staff/api.ts'
import { Form } from '#ui/Form.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { TextArea } from '#ui/TextArea.tsx'
import { TextField } from '#ui/TextField.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { linkKinds, matching } from '../contract.ts'
import { Opened } from './Opened.tsx'
import { stale } from './stale.ts'

export function LinkForm({ caseId }: { caseId: string }) {
  const { t } = useWords()
  return <Opened label={t('matching.link.new')}>{done => <Fields caseId={caseId} onDone={done} />}</Opened>
}

function Fields({ caseId, onDone }: { caseId: string; onDone: () => void }) {
  const { t } = useWords()
  const link = useCommand(matching.link, stale)
  const errors = useFormErrors()
  const [other, setOther] = useState('')
  const [kind, setKind] = useState('')
  const [note, setNote] = useState('')
  const save = () => {
    const said = note.trim().normalize('NFC')
    link.mutate(
      {
        params: { case: caseId },
        body: {
          id: newId(),
          other: other.trim(),
          kind: kind as (typeof linkKinds)[number],
          ...(said ? { note: said } : {}),
        },
      },
      { onSuccess: onDone, onError: errors.take },
    )
  }
  return (
    <Form errors={errors.errors} busy={link.isPending} submit={t('matching.link.save')} onSubmit={save}>
      <TextField
        name="other"
        label={t('matching.merge.other')}
        hint={t('matching.merge.other-hint')}
        width="medium"
        autoComplete="off"
        value={other}
        error={errors.of('other')}
        onChange={event => setOther(event.target.value)}
      />
      <SelectField
        name="kind"
        label={t('matching.link.kind')}
        placeholder={t('matching.choose')}
        value={kind}
        error={errors.of('kind')}
        onChange={event => setKind(event.target.value)}
        options={linkKinds.map(value => ({ value, label: t(`matching.kind.${value}`) }))}
      />
      <TextArea
        name="note"
        label={t('matching.link.note')}
        hint={t('matching.link.note-hint')}
        optional
        value={note}
        error={errors.of('note')}
        onChange={event => setNote(event.target.value)}
      />
    </Form>
  )
}
