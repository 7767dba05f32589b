import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useSession } from '#staff/session.ts'
import { usePages } from '#staff/use-pages.ts'
import { ListPage } from '#ui/desk/ListPage.tsx'
import { Tag } from '#ui/Tag.tsx'
import { useWords } from '#ui/words-context.tsx'
import {
  type AssessmentRow,
  type AssessmentState,
  assessmentStates,
  type Standard,
  type Subject,
  situation,
  standards,
  subjects,
} from '../contract.ts'
import { standardNames } from '../definition.ts'
import { Pages, StateTag } from './parts.tsx'
import { useSubject } from './use-subject.ts'

/** What was looked at, the newest first. There is no order from best to worst here, and none can be asked for. */
export default function AssessmentList() {
  const words = useWords()
  const { t, lang } = words
  const { role } = useSession()
  const subjectOf = useSubject()
  const [subject, setSubject] = useState('')
  const [state, setState] = useState('')
  const [standard, setStandard] = useState('')
  const pages = usePages(situation.list, {
    subject: (subject || undefined) as Subject | undefined,
    state: (state || undefined) as AssessmentState | undefined,
    standard: (standard || undefined) as Standard | undefined,
  })
  const office = role === 'secretariat'
  return (
    <>
      <Pages here="/assessments" />
      <ListPage<AssessmentRow>
        {...pages}
        title={t('situation.list.title')}
        lead={t('situation.list.lead')}
        caption={t('situation.list.title')}
        actions={
          office && (
            <Link className="button button-primary" to={'/assessments/new' as never}>
              {t('situation.new')}
            </Link>
          )
        }
        filters={[
          {
            key: 'subject',
            label: t('situation.about'),
            value: subject,
            onChange: setSubject,
            options: subjects.map(value => ({ value, label: t(`situation.subject.${value}`) })),
          },
          ...(office
            ? [
                {
                  key: 'state',
                  label: t('situation.state'),
                  value: state,
                  onChange: setState,
                  options: assessmentStates.map(value => ({ value, label: t(`situation.state.${value}`) })),
                },
              ]
            : []),
          {
            key: 'standard',
            label: t('situation.missing-in'),
            value: standard,
            onChange: setStandard,
            options: standards.map(value => ({ value, label: standardNames[value][lang] })),
          },
        ]}
        empty={{
          title: t('situation.list.empty'),
          text: t(office ? 'situation.list.empty-office' : 'situation.list.empty-text'),
        }}
        rowId={row => row.id}
        link={(row, content) => (
          <Link to={'/assessments/$assessment' as string} params={{ assessment: row.id } as never} className="row-link">
            {content}
          </Link>
        )}
        columns={[
          { key: 'about', title: t('situation.about'), cell: subjectOf },
          { key: 'kind', title: t('situation.kind'), cell: row => t(`situation.subject.${row.subject}`) },
          {
            key: 'state',
            title: t('situation.state'),
            cell: row => (
              <span className="tags">
                <StateTag state={row.state} />
                {row.waitsForMe && (
                  <Tag tone="warning" icon="alert">
                    {t('situation.waits-for-you')}
                  </Tag>
                )}
              </span>
            ),
          },
          {
            key: 'by',
            title: t('situation.assessors'),
            cell: row => words.list([row.firstName, ...(row.secondName ? [row.secondName] : [])]),
          },
          { key: 'day', title: t('situation.day'), cell: row => words.date(row.finishedAt ?? row.madeAt, 'short') },
        ]}
      />
    </>
  )
}
