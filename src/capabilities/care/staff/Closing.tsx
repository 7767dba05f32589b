import { useState } from 'react'
import { useAsk, useCommand } from '#staff/api.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { ConfirmDialog } from '#ui/ConfirmDialog.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { Form } from '#ui/Form.tsx'
import { Loading } from '#ui/Loading.tsx'
import { Problem } from '#ui/Problem.tsx'
import { Summary } from '#ui/Summary.tsx'
import { Tag, type Tone } from '#ui/Tag.tsx'
import { TextArea } from '#ui/TextArea.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { care } from '../contract.ts'
import type { Closure, Open } from '../contract-closing.ts'
import './care.css'
import { ClosureForm } from './ClosureForm.tsx'
import { OpenList } from './OpenList.tsx'

export const closingStale = [
  'care.closing',
  'care.followUps',
  'tasks.today',
  'referrals.caseFile',
  'cases.read',
  'cases.list',
] as const

/** What is still open, what was proposed, and who agreed. */
export function Closing({ caseId }: { caseId: string }) {
  const { t } = useWords()
  const found = useAsk(care.closing, { params: { case: caseId } })
  if (found.isPending) return <Loading lines={4} />
  if (found.isError) return <Problem error={found.error} onRetry={() => void found.refetch()} />
  const { items, open, moves } = found.data
  const approved = items.find(one => one.state === 'approved')
  return (
    <div className="stack care">
      {moves.includes('propose') && <ClosureForm caseId={caseId} open={open as Open[]} />}
      {items.length === 0 && !moves.includes('propose') && <EmptyState title={t('care.closing.none')} />}
      {items.map(one => (
        <Shown
          key={one.id}
          caseId={caseId}
          closure={one as Closure}
          maySecond={one.state === 'proposed' && moves.includes('second')}
        />
      ))}
      {approved && moves.includes('reopen') && <Reopen caseId={caseId} closure={approved as Closure} />}
    </div>
  )
}

const tones: Record<Closure['state'], Tone> = {
  proposed: 'warning',
  approved: 'good',
  returned: 'neutral',
  reopened: 'info',
}

function Shown({ caseId, closure, maySecond }: { caseId: string; closure: Closure; maySecond: boolean }) {
  const words = useWords()
  const { t } = words
  const second = useCommand(care.secondClosure, closingStale)
  const [sure, setSure] = useState(false)
  const answer = (given: 'approved' | 'returned') =>
    second.mutate(
      { params: { case: caseId, closure: closure.id }, version: closure.version, body: { answer: given } },
      { onSettled: () => setSure(false) },
    )
  return (
    <Card
      title={t(`care.reason.${closure.reason}`)}
      aside={<Tag tone={tones[closure.state]}>{t(`care.closing.state.${closure.state}`)}</Tag>}
    >
      {second.isError && <Problem error={second.error} />}
      <Summary
        rows={[
          { term: t('care.closing.by', { name: closure.byName }), value: words.dateTime(closure.at) },
          { term: t('care.closing.planned'), value: t(closure.planned ? 'case.yes' : 'case.no') },
          {
            term: t('care.closing.last-contact'),
            value: closure.lastContactOn && words.date(closure.lastContactOn, 'long'),
          },
          { term: t('care.closing.reasons'), value: <span className="told">{closure.reasons}</span> },
          ...(closure.secondAt
            ? [
                {
                  term: t('care.closing.second-by', { name: closure.secondName ?? '' }),
                  value: words.dateTime(closure.secondAt),
                },
              ]
            : []),
          ...(closure.reopenedAt
            ? [
                {
                  term: t('care.closing.reopened-by', { name: closure.reopenedName ?? '' }),
                  value: words.dateTime(closure.reopenedAt),
                },
                { term: t('care.closing.reopening'), value: <span className="told">{closure.reopening}</span> },
              ]
            : []),
        ]}
      />
      {closure.leftOpen.length > 0 && (
        <>
          <h3>{t('care.closing.left-open')}</h3>
          <OpenList open={closure.leftOpen} />
        </>
      )}
      {maySecond && (
        <div className="actions">
          <Button onClick={() => setSure(true)}>{t('care.closing.approve')}</Button>
          <Button variant="secondary" busy={second.isPending} onClick={() => answer('returned')}>
            {t('care.closing.return')}
          </Button>
        </div>
      )}
      <ConfirmDialog
        open={sure}
        title={t('care.closing.sure')}
        confirmLabel={t('care.closing.approve')}
        busy={second.isPending}
        onConfirm={() => answer('approved')}
        onCancel={() => setSure(false)}
      >
        {t('care.closing.sure-text')}
      </ConfirmDialog>
    </Card>
  )
}

function Reopen({ caseId, closure }: { caseId: string; closure: Closure }) {
  const { t } = useWords()
  const errors = useFormErrors()
  const reopen = useCommand(care.reopen, closingStale)
  const [reason, setReason] = useState('')
  const save = () =>
    reopen.mutate(
      {
        params: { case: caseId, closure: closure.id },
        version: closure.version,
        body: { reason: reason.normalize('NFC') },
      },
      { onSuccess: errors.clear, onError: errors.take },
    )
  return (
    <Card title={t('care.closing.reopen')}>
      <Form errors={errors.errors} busy={reopen.isPending} submit={t('care.closing.reopen')} onSubmit={save}>
        <TextArea
          name="reason"
          label={t('care.closing.reopening')}
          hint={t('care.closing.reasons-hint')}
          value={reason}
          onChange={event => setReason(event.target.value)}
          error={errors.of('reason')}
        />
      </Form>
    </Card>
  )
}
