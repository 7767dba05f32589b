import { Link as To } from '@tanstack/react-router'
import { useState } from 'react'
import { useCommand } from '#staff/api.ts'
import { Card } from '#ui/Card.tsx'
import { Form } from '#ui/Form.tsx'
import { Summary } from '#ui/Summary.tsx'
import { Tag } from '#ui/Tag.tsx'
import { TextArea } from '#ui/TextArea.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { type Link, matching } from '../contract.ts'
import { Opened } from './Opened.tsx'
import { stale } from './stale.ts'

/** Another person's case that belongs to this one. */
export function LinkCard({ link }: { link: Link }) {
  const words = useWords()
  const { t } = words
  return (
    <Card
      level={3}
      title={
        <To to="/cases/$case" params={{ case: link.other.id }}>
          {link.other.reference}
        </To>
      }
      aside={<Tag>{t(`matching.kind.${link.kind}`)}</Tag>}
      footer={<Opened label={t('matching.link.end')}>{done => <End link={link} onDone={done} />}</Opened>}
    >
      {link.note && <p className="told">{link.note}</p>}
      <Summary
        rows={[
          {
            term: t('matching.link.by'),
            value: t('matching.judged.by', { name: link.byName, when: words.dateTime(link.at) }),
          },
        ]}
      />
    </Card>
  )
}

function End({ link, onDone }: { link: Link; onDone: () => void }) {
  const { t } = useWords()
  const unlink = useCommand(matching.unlink, stale)
  const errors = useFormErrors()
  const [reason, setReason] = useState('')
  const save = () =>
    unlink.mutate(
      { params: { link: link.id }, version: link.version, body: { reason: reason.trim().normalize('NFC') } },
      { onSuccess: onDone, onError: errors.take },
    )
  return (
    <Form errors={errors.errors} busy={unlink.isPending} submit={t('matching.link.end')} onSubmit={save}>
      <TextArea
        name="reason"
        label={t('matching.link.end-reason')}
        value={reason}
        error={errors.of('reason')}
        onChange={event => setReason(event.target.value)}
      />
    </Form>
  )
}
