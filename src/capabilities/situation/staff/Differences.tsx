import { useState } from 'react'
import { useCommand } from '#staff/api.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import { Form } from '#ui/Form.tsx'
import { Problem } from '#ui/Problem.tsx'
import { TextArea } from '#ui/TextArea.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { type Assessment, type Difference, type Said, saids, situation } from '../contract.ts'
import { saidNames, standardNames } from '../definition.ts'
import type { Asked } from '../form.ts'
import { SaidTag } from './parts.tsx'

const stale = [situation.read.id, situation.list.id]

/** Where the two differ: both answers beside each other, and what they agree on in the end. */
export function Differences({ one, questions }: { one: Assessment; questions: readonly Asked[] }) {
  const { t } = useWords()
  const finish = useCommand(situation.finish, stale)
  const left = one.differences.filter(each => !one.answers.some(({ question }) => question === each.question)).length
  return (
    <Card title={t('situation.differences')}>
      <p>
        {one.differences.length === 0 ? t('situation.differences.none') : t('situation.differences.lead', { left })}
      </p>
      <ul className="things">
        {one.differences.map(each => (
          <OneDifference key={each.question} one={one} difference={each} questions={questions} />
        ))}
      </ul>
      {finish.isError && <Problem error={finish.error} />}
      {left === 0 && one.moves.includes('settle') && !one.moves.includes('finish') && (
        <p className="situation-soft">{t('situation.finish.other')}</p>
      )}
      {one.moves.includes('finish') && (
        <div className="actions">
          <Button
            busy={finish.isPending}
            onClick={() => finish.mutate({ params: { assessment: one.id }, version: one.version, body: {} })}
          >
            {t('situation.finish')}
          </Button>
          <p className="situation-soft">{t('situation.finish.hint')}</p>
        </div>
      )}
    </Card>
  )
}

function OneDifference({
  one,
  difference,
  questions,
}: {
  one: Assessment
  difference: Difference
  questions: readonly Asked[]
}) {
  const { t, lang } = useWords()
  const { question } = difference
  const settled = one.answers.find(each => each.question === question)
  const [settling, setSettling] = useState(false)
  const [said, setSaid] = useState<Said | ''>('')
  const [note, setNote] = useState('')
  const errors = useFormErrors()
  const settle = useCommand(situation.settle, stale)
  const asks = questions.find(each => each.name === question)?.asks[lang] ?? ''
  const save = () => {
    const missing = [
      ...(said === '' ? [{ field: 'said', message: t('situation.settle.need-answer') }] : []),
      ...(note.trim() === '' ? [{ field: 'note', message: t('problem.field.required') }] : []),
    ]
    errors.set(missing)
    if (said === '' || missing.length > 0) return
    settle.mutate(
      {
        params: { assessment: one.id },
        version: one.version,
        body: { question, said, note: note.trim().normalize('NFC') },
      },
      { onSuccess: () => setSettling(false), onError: errors.take },
    )
  }
  const side = (name: string, which: Said, reason: string | null) => (
    <div className="situation-side">
      <p className="situation-soft">{name}</p>
      <SaidTag said={which} />
      {reason && <p className="told">{reason}</p>}
    </div>
  )
  return (
    <li className="thing situation-difference">
      <p className="situation-soft">{standardNames[difference.standard][lang]}</p>
      <h3>{asks}</h3>
      <div className="situation-sides">
        {side(one.firstName, difference.first, difference.firstReason)}
        {side(one.secondName ?? '', difference.second, difference.secondReason)}
      </div>
      {settled && (
        <div className="situation-settled">
          <p>
            {t('situation.settled.to')} <SaidTag said={settled.said} />
          </p>
          <p className="told">{t('situation.settled', { note: settled.note ?? '', by: settled.settledBy ?? '' })}</p>
        </div>
      )}
      {settling ? (
        <Form errors={errors.errors} busy={settle.isPending} submit={t('situation.settle.save')} onSubmit={save}>
          <ChoiceGroup
            kind="radio"
            name="said"
            inline
            label={t('situation.settle.answer')}
            value={said}
            onChange={value => setSaid(value as Said)}
            error={errors.of('said')}
            options={saids.map(value => ({ value, label: saidNames[value][lang] }))}
          />
          <TextArea
            name="note"
            label={t('situation.settle.note')}
            hint={t('situation.settle.note-hint')}
            value={note}
            maxLength={1000}
            error={errors.of('note')}
            onChange={event => setNote(event.target.value)}
          />
        </Form>
      ) : (
        one.moves.includes('settle') && (
          <div>
            <Button
              variant="secondary"
              compact
              aria-label={t(settled ? 'situation.settle.again-which' : 'situation.settle.which', { question: asks })}
              onClick={() => setSettling(true)}
            >
              {t(settled ? 'situation.settle.again' : 'situation.settle')}
            </Button>
          </div>
        )
      )}
    </li>
  )
}
