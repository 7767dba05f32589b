import { useState } from 'react'
import { useCommand } from '#staff/api.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import { ErrorSummary } from '#ui/ErrorSummary.tsx'
import { TextArea } from '#ui/TextArea.tsx'
import { TextField } from '#ui/TextField.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { declineReasons } from '../../contract.ts'
import { type ToldAnswer, withoutAccount } from '../../contract-link.ts'
import { endReasons, outcomes } from '../../outcomes.ts'
import { stale } from '../stale.ts'
import type { Doors } from './LinkCard.tsx'

/** Why, or what came of it: the field of an answer that needs one, with what can be chosen. */
const needs = {
  declined: {
    field: 'declined',
    label: 'referral.decline.reason-label',
    codes: declineReasons,
    of: 'referral.decline',
  },
  ended: { field: 'ended', label: 'referral.end.title', codes: endReasons, of: 'referral.end' },
  done: { field: 'outcome', label: 'referral.finish.title', codes: outcomes, of: 'referral.outcome' },
} as const

/** An answer that was told on the telephone by who holds the sheet. */
export function ToldCard({ referral, found }: { referral: string; found: Doors }) {
  const { t } = useWords()
  const tell = useCommand(withoutAccount.answerOnPaper, [...stale, withoutAccount.doors.id])
  const errors = useFormErrors()
  const [code, setCode] = useState('')
  const [chosen, setAnswer] = useState<ToldAnswer | ''>('')
  // Somebody else may have written down an answer meanwhile: what cannot be told any more is not chosen either.
  const answer = found.answers.find(one => one === chosen) ?? ''
  const [why, setWhy] = useState('')
  const [words, setWords] = useState('')
  const need = answer in needs ? needs[answer as keyof typeof needs] : undefined
  const go = () => {
    const missing = [
      ...(code.trim() ? [] : ['code']),
      ...(answer ? [] : ['answer']),
      ...(need && !why ? [need.field] : []),
      ...(answer === 'partly-accepted' && !words.trim() ? ['words'] : []),
    ]
    if (missing.length > 0 || !answer)
      return errors.set(missing.map(field => ({ field, message: t('problem.field.required') })))
    tell.mutate(
      {
        params: { referral },
        version: found.version,
        body: {
          code: code.trim(),
          answer,
          ...(need ? { [need.field]: why } : {}),
          ...(words.trim() ? { words: words.trim().normalize('NFC') } : {}),
        },
      },
      {
        onError: errors.take,
        onSuccess: ({ taken }) => {
          if (!taken) return errors.set([{ field: 'code', message: t('doors.told.wrong') }])
          errors.clear()
          setCode('')
          setAnswer('')
          setWhy('')
          setWords('')
        },
      },
    )
  }
  return (
    <Card title={t('doors.told.title')}>
      <div className="stack">
        <p>{t('doors.told.lead')}</p>
        <ErrorSummary errors={errors.errors} />
        <TextField
          name="code"
          label={t('doors.told.code')}
          hint={t('doors.told.code-hint')}
          inputMode="numeric"
          autoComplete="off"
          dir="ltr"
          width="medium"
          value={code}
          onChange={event => setCode(event.target.value)}
          error={errors.of('code')}
        />
        <ChoiceGroup
          kind="radio"
          name="answer"
          label={t('doors.told.answer')}
          value={answer}
          onChange={value => {
            setAnswer(value as ToldAnswer)
            setWhy('')
          }}
          error={errors.of('answer')}
          options={found.answers.map(value => ({ value, label: t(`doors.told.${value}`) }))}
        />
        {need && (
          <ChoiceGroup
            kind="radio"
            name={need.field}
            label={t(need.label)}
            value={why}
            onChange={setWhy}
            error={errors.of(need.field)}
            options={need.codes.map(value => ({ value, label: t(`${need.of}.${value}`) }))}
          />
        )}
        {(answer === 'accepted' || answer === 'partly-accepted' || answer === 'declined') && (
          <TextArea
            name="words"
            label={t(answer === 'partly-accepted' ? 'doors.told.part' : 'doors.told.words')}
            optional={answer !== 'partly-accepted'}
            value={words}
            onChange={event => setWords(event.target.value)}
            error={errors.of('words')}
          />
        )}
        <div className="actions">
          <Button busy={tell.isPending} onClick={go}>
            {t('doors.told.save')}
          </Button>
        </div>
      </div>
    </Card>
  )
}
