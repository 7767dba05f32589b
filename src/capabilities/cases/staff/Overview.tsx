import { useState } from 'react'
import { directory } from '#capabilities/directory/contract.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { Clock } from '#ui/Clock.tsx'
import { ErrorSummary } from '#ui/ErrorSummary.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { Summary } from '#ui/Summary.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { useAsk, useCommand } from '../../../staff/api.ts'
import { useSession } from '../../../staff/session.ts'
import { type Case, cases } from '../contract.ts'
import { ConflictsOfCase } from './identity/Waiting.tsx'
import { Person } from './Person.tsx'
import { Place } from './Place.tsx'
import { stale } from './stale.ts'

/** The first tab of a case: what is known in codes, who the person is, who is in charge. */
export function Overview({ found }: { found: Case }) {
  const words = useWords()
  const { t } = words
  const changeable = found.identity !== undefined && found.moves.includes('changeIdentity')
  return (
    <div className="stack">
      {changeable && <ConflictsOfCase caseId={found.id} />}
      <Card title={t('case.tab.summary')}>
        <Summary
          rows={[
            { term: t('case.field.agency'), value: found.agencyName },
            { term: t('case.field.made'), value: words.dateTime(found.madeAt) },
            { term: t('case.field.opened'), value: found.openedAt && words.dateTime(found.openedAt) },
            { term: t('case.field.sector'), value: found.sector && t(`sector.${found.sector}`) },
            { term: t('case.field.child'), value: t(found.child ? 'case.yes' : 'case.no') },
            { term: t('case.field.coordinator'), value: found.coordinatorName ?? t('case.field.none') },
            ...found.clocks.map(clock => ({
              term: t(`case.clock.${clock.kind}`),
              value: <Clock due={clock.dueAt} warnAt={clock.warnAt} doneAt={clock.stoppedAt ?? undefined} />,
            })),
          ]}
        />
      </Card>
      {found.moves.includes('assign') && <Assign found={found} />}
      <Person identity={found.identity} change={changeable ? found.id : undefined} />
      {(found.location || found.moves.includes('changeLocation')) && <Place found={found} />}
    </div>
  )
}

function Assign({ found }: { found: Case }) {
  const { t } = useWords()
  const { organisation } = useSession()
  const members = useAsk(directory.get, { params: { organisation: organisation.id } })
  const assign = useCommand(cases.assign, stale)
  const errors = useFormErrors()
  const [coordinator, setCoordinator] = useState('')
  const coordinators = (members.data?.members ?? []).filter(
    one => one.role === 'coordinator' && one.account !== found.coordinator,
  )
  if (members.isSuccess && coordinators.length === 0)
    return (
      <Card title={t('case.assign')}>
        <p>{t('case.assign.nobody')}</p>
      </Card>
    )
  const save = () =>
    assign.mutate(
      { params: { case: found.id }, body: { coordinator }, version: found.version },
      { onSuccess: errors.clear, onError: errors.take },
    )
  return (
    <Card title={t('case.assign')}>
      <ErrorSummary errors={errors.errors} />
      <SelectField
        name="coordinator"
        label={t('case.assign.label')}
        value={coordinator}
        onChange={event => setCoordinator(event.target.value)}
        placeholder={t('case.assign.choose')}
        options={coordinators.map(one => ({ value: one.account, label: one.name }))}
        error={errors.of('coordinator')}
      />
      <div className="actions">
        <Button variant="secondary" disabled={coordinator === ''} busy={assign.isPending} onClick={save}>
          {t('case.assign.save')}
        </Button>
      </div>
    </Card>
  )
}
