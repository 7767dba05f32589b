import type { stageCodes } from '#platform/country/procedure.ts'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import { Loading } from '#ui/Loading.tsx'
import { Problem } from '#ui/Problem.tsx'
import { TextArea } from '#ui/TextArea.tsx'
import { TextField } from '#ui/TextField.tsx'
import { useWords } from '#ui/words-context.tsx'
import { useAsk } from '../../../../staff/api.ts'
import { cases, type evidenceKinds } from '../../contract.ts'

export type GroundsTold = Readonly<Record<'act' | 'means' | 'purpose', string>>
type Cited = Readonly<Record<string, { kind: (typeof evidenceKinds)[number]; why: string }>>

export type { Cited }

/** A line on one element: why it is seen, or why it is missing. */
export function GroundsField({
  element,
  told,
  onChange,
  child,
  error,
}: {
  element: keyof GroundsTold
  told: GroundsTold
  onChange: (told: GroundsTold) => void
  child: boolean
  error: (field: string) => string | undefined
}) {
  const { t } = useWords()
  return (
    <TextArea
      name={`grounds.${element}`}
      rows={2}
      label={t(`procedure.grounds.${element}`)}
      hint={t('procedure.grounds.hint')}
      optional={element === 'means' && child}
      value={told[element]}
      onChange={event => onChange({ ...told, [element]: event.target.value })}
      error={error(`grounds.${element}`)}
    />
  )
}

/** What of the case the decision rests on: which records, and why each of them. */
export function EvidenceFields({
  caseId,
  stage,
  cited,
  onChange,
  error,
}: {
  caseId: string
  stage: (typeof stageCodes)[number]
  cited: Cited
  onChange: (cited: Cited) => void
  error: (field: string) => string | undefined
}) {
  const words = useWords()
  const { t } = words
  const asked = useAsk(cases.evidence, { params: { case: caseId } })
  if (asked.isPending) return <Loading lines={3} />
  if (asked.isError) return <Problem error={asked.error} onRetry={() => void asked.refetch()} />
  const { items } = asked.data
  const labelOf = (one: (typeof items)[number]) =>
    t('procedure.evidence.one', {
      kind: t(`procedure.evidence.${one.kind}`),
      day: words.date(one.at, 'short'),
      by: one.by,
    })
  const chosen = Object.keys(cited)
  const choose = (ids: string[]) =>
    onChange(
      Object.fromEntries(
        items.filter(one => ids.includes(one.id)).map(one => [one.id, cited[one.id] ?? { kind: one.kind, why: '' }]),
      ),
    )
  return (
    <>
      <ChoiceGroup
        kind="checkbox"
        name="evidence"
        label={t('procedure.evidence')}
        hint={t(`procedure.evidence.hint.${stage}`)}
        value={chosen}
        onChange={choose}
        error={error('evidence')}
        options={items.map(one => ({ value: one.id, label: labelOf(one) }))}
      />
      {items
        .filter(one => cited[one.id])
        .map(one => {
          const at = chosen.indexOf(one.id)
          return (
            <TextField
              key={one.id}
              name={`evidence.${at}.why`}
              label={t('procedure.evidence.why', { what: labelOf(one) })}
              value={cited[one.id]!.why}
              onChange={event => onChange({ ...cited, [one.id]: { kind: one.kind, why: event.target.value } })}
              error={error(`evidence.${at}.why`) ?? error(`evidence.${at}.id`)}
            />
          )
        })}
    </>
  )
}
