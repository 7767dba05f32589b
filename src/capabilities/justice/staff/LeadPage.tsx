import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { newId, useAsk, useCommand } from '#staff/api.ts'
import { Card } from '#ui/Card.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { Form } from '#ui/Form.tsx'
import { Loading } from '#ui/Loading.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { Problem } from '#ui/Problem.tsx'
import { Summary } from '#ui/Summary.tsx'
import { TextArea } from '#ui/TextArea.tsx'
import { Timeline } from '#ui/Timeline.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { justice, type Lead } from '../contract.ts'
import { LeadBars } from './LeadBars.tsx'
import { LeadFiles } from './LeadFiles.tsx'
import { LeadWork } from './LeadWork.tsx'
import { Proceedings } from './Proceedings.tsx'
import { LeadTag } from './tags.tsx'

const stale = [justice.readLead.id, justice.listLeads.id]

/** A lead as its reader may see it. */
export default function LeadPage() {
  const { t } = useWords()
  const { lead } = useParams({ strict: false }) as { lead: string }
  const found = useAsk(justice.readLead, { params: { lead } })
  if (found.isPending) return <Loading lines={6} />
  if (found.isError)
    return (
      <>
        <PageHeader title={t('justice.leads.title')} />
        <Problem error={found.error} onRetry={() => void found.refetch()} />
      </>
    )
  const one = found.data
  return (
    <div className="stack">
      <PageHeader
        title={one.reference}
        above={<Link to={'/leads' as never}>{t('justice.leads.title')}</Link>}
        tags={<LeadTag status={one.status} />}
        actions={
          one.moves.includes('change') && (
            <Link to={'/leads/$lead/change' as string} params={{ lead } as never} className="button button-secondary">
              {t('justice.lead.change')}
            </Link>
          )
        }
      >
        {one.title}
      </PageHeader>
      <Known one={one} />
      {one.files && <LeadFiles one={one} asked={found} />}
      {one.notes && <Notes one={one} />}
      <Proceedings one={one} stale={stale} />
      {one.moves.length > 0 && <LeadWork one={one} stale={stale} />}
      {(one.moves.includes('bar') || one.bars.length > 0) && <LeadBars one={one} stale={stale} />}
    </div>
  )
}

function Known({ one }: { one: Lead }) {
  const words = useWords()
  const { t } = words
  const opened = one.content !== undefined
  return (
    <Card title={t('justice.lead.content')}>
      {one.content && <p className="told">{one.content}</p>}
      <Summary
        rows={[
          ...(opened ? [{ term: t('justice.lead.source'), value: one.source ?? t('justice.lead.no-source') }] : []),
          {
            term: t('justice.lead.grading'),
            value: (
              <>
                {t(`justice.grade.${one.sourceGrade}`)}
                <br />
                {t(`justice.grade.${one.informationGrade}`)}
              </>
            ),
          },
          {
            term: t('justice.lead.about'),
            value: one.about.map(each => t(`justice.subject.${each}`)).join(', '),
          },
          { term: t('justice.lead.handling'), value: t(`justice.handling.${one.handling}`) },
          ...(one.conditions ? [{ term: t('justice.lead.conditions'), value: one.conditions }] : []),
          ...(one.case ? [{ term: t('justice.lead.case'), value: one.case }] : []),
          {
            term: t('justice.lead.investigator'),
            value: one.investigatorName ?? t('justice.lead.nobody'),
          },
          ...(one.closedFor
            ? [{ term: t('justice.status.closed'), value: t(`justice.closed-for.${one.closedFor}`) }]
            : []),
          {
            term: t('justice.lead.made'),
            value: t('justice.lead.made-by', { name: one.madeName, when: words.dateTime(one.madeAt) }),
          },
        ]}
      />
    </Card>
  )
}

function Notes({ one }: { one: Lead }) {
  const { t } = useWords()
  const add = useCommand(justice.addLeadNote, stale)
  const errors = useFormErrors()
  const [text, setText] = useState('')
  const save = () =>
    add.mutate(
      { params: { lead: one.id }, body: { id: newId(), text: text.normalize('NFC') } },
      {
        onSuccess: () => {
          setText('')
          errors.clear()
        },
        onError: errors.take,
      },
    )
  return (
    <Card title={t('justice.lead.notes')}>
      <div className="stack">
        {one.moves.includes('note') && (
          <Form
            errors={errors.errors}
            busy={add.isPending}
            submit={text.trim() !== '' && t('justice.lead.note-save')}
            onSubmit={save}
          >
            <TextArea
              name="text"
              label={t('justice.lead.note')}
              hint={t('justice.lead.note-hint')}
              value={text}
              onChange={event => setText(event.target.value)}
              error={errors.of('text')}
            />
          </Form>
        )}
        {one.notes!.length === 0 ? (
          <EmptyState title={t('justice.lead.notes-none')} />
        ) : (
          <Timeline
            label={t('justice.lead.notes')}
            level={3}
            entries={[...one.notes!]
              .reverse()
              .map(note => ({ id: note.id, when: note.at, title: note.by, body: note.text }))}
          />
        )}
      </div>
    </Card>
  )
}
