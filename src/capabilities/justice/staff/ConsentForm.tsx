import { useState } from 'react'
import { consent, policeTextVersion } from '#capabilities/consent/contract.ts'
import { type HowSaid, HowSaidFields, TextToRead } from '#capabilities/consent/staff/parts.tsx'
import { newId, useAsk, useCommand } from '#staff/api.ts'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import { Form } from '#ui/Form.tsx'
import { Loading } from '#ui/Loading.tsx'
import { Problem } from '#ui/Problem.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { justice } from '../contract.ts'
import { CaseFrame, useBodies, useGiven } from './CaseFrame.tsx'

const lengths = ['1', '3', '6', '12'] as const

/** The person may want police to know who they are: whom, what that means in words read to them, and their answer. */
export default function ConsentForm() {
  const { t } = useWords()
  const { caseId } = useGiven()
  const ledger = useAsk(consent.list, { params: { case: caseId } })
  if (ledger.isPending) return <Loading lines={6} />
  if (ledger.isError) return <Problem error={ledger.error} onRetry={() => void ledger.refetch()} />
  return (
    <CaseFrame title={t('justice.consent.new')} lead={t('justice.consent.lead')}>
      <Asked caseId={caseId} child={ledger.data.child} spoken={ledger.data.items.at(-1)?.language} />
    </CaseFrame>
  )
}

function Asked({
  caseId,
  child,
  spoken,
}: {
  caseId: string
  child: boolean | undefined
  /** in which they were spoken with before */
  spoken: string | undefined
}) {
  const { t, lang } = useWords()
  const { back } = useGiven()
  const { bodies, peopleOf } = useBodies()
  const record = useCommand(justice.recordConsent, [justice.ofCase.id, consent.list.id])
  const errors = useFormErrors()
  const [body, setBody] = useState('')
  const [named, setNamed] = useState<string[]>([])
  const [answer, setAnswer] = useState<{ said: '' | 'yes' | 'no'; at: string }>({ said: '', at: '' })
  const [months, setMonths] = useState<string>('3')
  const [id] = useState(newId)
  const [how, setHow] = useState<HowSaid>({
    language: spoken ?? lang,
    interpreter: 'none',
    givenBy: child ? 'support-person' : 'person',
    form: 'oral-certified',
  })
  const [tried, setTried] = useState(false)
  const people = body === '' ? [] : peopleOf(body)
  const wrong = tried && answer.said === '' ? t('justice.consent.choose') : undefined
  const save = () => {
    setTried(true)
    // A no is written down nowhere.
    if (answer.said === 'no') return back()
    if (answer.said === 'yes')
      record.mutate(
        {
          params: { case: caseId },
          body: {
            id,
            ...how,
            textVersion: policeTextVersion,
            saidAt: answer.at,
            organisation: body,
            named,
            months: Number(months),
          },
        },
        { onSuccess: back, onError: errors.take },
      )
  }
  return (
    <Form
      errors={wrong ? [{ field: 'answer', message: wrong }] : errors.errors}
      busy={record.isPending}
      submit={named.length > 0 && t('justice.consent.save')}
      onSubmit={save}
    >
      <SelectField
        name="organisation"
        label={t('justice.order.to-body')}
        value={body}
        error={errors.of('organisation')}
        placeholder={t('justice.choose')}
        onChange={event => {
          setBody(event.target.value)
          setNamed([])
        }}
        options={bodies}
      />
      {body && (
        <ChoiceGroup
          kind="checkbox"
          name="named"
          label={t('justice.order.named')}
          value={named}
          onChange={setNamed}
          error={errors.of('named')}
          options={people.map(one => ({ value: one.value, label: one.label, hint: t(`role.${one.role}`) }))}
        />
      )}
      <SelectField
        name="months"
        label={t('justice.consent.months')}
        value={months}
        error={errors.of('months')}
        onChange={event => setMonths(event.target.value)}
        options={lengths.map(value => ({ value, label: t('justice.consent.months-value', { count: Number(value) }) }))}
      />
      {named.length > 0 && (
        <>
          <h2>{t('justice.consent.read')}</h2>
          <TextToRead
            version={policeTextVersion}
            spoken={how.language}
            values={words => ({
              body: bodies.find(one => one.value === body)?.label ?? '',
              names: words.list(people.filter(one => named.includes(one.value)).map(one => one.label)),
            })}
          />
          <ChoiceGroup
            kind="radio"
            name="answer"
            label={t('justice.consent.answer')}
            error={wrong}
            value={answer.said}
            onChange={said => setAnswer({ said: said as 'yes' | 'no', at: new Date().toISOString() })}
            options={[
              { value: 'yes', label: t('justice.consent.yes') },
              { value: 'no', label: t('justice.consent.no'), hint: t('justice.consent.no-hint') },
            ]}
          />
          {answer.said === 'yes' && (
            <HowSaidFields
              kind="given"
              said={how}
              child={child}
              error={errors.of('childAssent')}
              onChange={change => setHow(kept => ({ ...kept, ...change }))}
            />
          )}
        </>
      )}
    </Form>
  )
}
