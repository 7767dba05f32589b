import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { newId, useCommand } from '#staff/api.ts'
import { phoneHere, usePhone } from '#staff/phone/here.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import { ErrorSummary } from '#ui/ErrorSummary.tsx'
import { problemText } from '#ui/problem-text.ts'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { cases, type IdentityConflict } from '../../contract.ts'
import type { IdentityEdit } from '../../contract-identity.ts'
import { IdentityField } from './IdentityField.tsx'
import { labelOf } from './labels.ts'
import { stale } from './stale.ts'
import { valueFrom } from './typed.ts'
import { useShown } from './use-shown.ts'

/** What came of a choice: `again` where the field moved on meanwhile, `waits` where there is no signal. */
export type Settled = 'settled' | 'again' | 'waits'

/** Two values side by side and whose they are; a person keeps one of them or writes another. Nothing is chosen for them. */
export function Conflict({
  conflict,
  onSettled,
}: {
  conflict: IdentityConflict
  onSettled: (how: Settled | undefined) => void
}) {
  const words = useWords()
  const { t } = words
  const { field, stands, came } = conflict
  const shown = useShown()
  const { waiting } = usePhone()
  const [choice, setChoice] = useState('')
  const [typed, setTyped] = useState('')
  const settle = useCommand(cases.settleConflict, stale)
  const errors = useFormErrors()
  // What judges is fetched first; until then a second press does nothing.
  const [judging, setJudging] = useState(false)
  const name = `choice-${conflict.id}`
  const read = (value: string | number | null | undefined) => shown(field, value) || t('case.conflicts.empty')
  const keep = (value: string | number | null | undefined) => {
    const text = shown(field, value)
    return text ? t('case.conflicts.keep', { value: text }) : t('case.conflicts.keep-empty')
  }

  const save = async () => {
    onSettled(undefined)
    if (choice === '') return errors.set([{ field: name, message: t('case.conflicts.choose') }])
    const id = newId()
    const value =
      choice === 'stands' ? (stands?.value ?? null) : choice === 'came' ? came.value : valueFrom(field, typed)
    const edit = { field, value, base: stands?.version ?? null } as IdentityEdit
    setJudging(true)
    const { wrongChoice } = await import('./judge.ts').finally(() => setJudging(false))
    const [flaw] = wrongChoice({ id, edit })
    if (flaw) return errors.set([{ field, message: t(`problem.field.${flaw.code}`, { limit: flaw.limit }) }])
    settle.mutate(
      {
        params: { case: conflict.case, conflict: conflict.id },
        key: id,
        body: { id, madeAt: new Date().toISOString(), edit },
      },
      {
        onSuccess: answer => {
          const waits = phoneHere().waiting.some(one => one.item.id === id)
          onSettled(waits ? 'waits' : answer.conflicts?.length ? 'again' : 'settled')
        },
        onError: thrown => {
          const { title, detail, errors: wrong } = problemText(thrown, words)
          errors.set(
            wrong.length === 0
              ? [{ message: detail ? `${title}. ${detail}` : title }]
              : wrong.map(one => ({ ...one, field: one.field === 'edit.value' ? field : name })),
          )
        },
      },
    )
  }
  const side = (title: string, said: IdentityConflict['stands']) => (
    <div className="conflict-side">
      <p className="conflict-when">{title}</p>
      <p className="conflict-value">{read(said?.value)}</p>
      {said && (
        <p className="identity-by">
          {t('case.identity.by', { name: said.byName ?? '', when: words.dateTime(said.at) })}
        </p>
      )}
    </div>
  )
  return (
    <Card
      title={t('case.conflicts.of', { field: t(labelOf(field)), reference: conflict.reference })}
      aside={
        <Link to="/cases/$case/identity" params={{ case: conflict.case } as never}>
          {t('case.identity.title')}
        </Link>
      }
    >
      <div className="conflict-sides">
        {side(t('case.conflicts.stands'), stands)}
        {side(t('case.conflicts.came'), came)}
      </div>
      {waiting.some(one => one.item.id === conflict.id) ? (
        <p>{t('case.conflicts.not-sent')}</p>
      ) : (
        <form
          className="stack conflict-choice"
          noValidate
          onSubmit={event => {
            event.preventDefault()
            if (!settle.isPending && !judging) void save()
          }}
        >
          <ErrorSummary errors={errors.errors} />
          <ChoiceGroup
            kind="radio"
            name={name}
            label={t('case.conflicts.which')}
            value={choice}
            onChange={picked => {
              setChoice(picked)
              errors.clear()
            }}
            error={errors.of(name)}
            options={[
              { value: 'stands', label: keep(stands?.value) },
              { value: 'came', label: keep(came.value) },
              { value: 'other', label: t('case.conflicts.other') },
            ]}
          />
          {choice === 'other' && (
            <IdentityField name={field} value={typed} error={errors.of(field)} onChange={setTyped} />
          )}
          <div className="actions">
            <Button type="submit" variant="secondary" busy={settle.isPending || judging}>
              {t('case.conflicts.settle')}
            </Button>
          </div>
        </form>
      )}
    </Card>
  )
}
