import { useState } from 'react'
import { useAsk } from '#staff/api.ts'
import { useSession } from '#staff/session.ts'
import { Card } from '#ui/Card.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { Loading } from '#ui/Loading.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { Problem } from '#ui/Problem.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { useWords } from '#ui/words-context.tsx'
import { type Action, type ActionState, actionStates, situation } from '../contract.ts'
import { standardNames } from '../definition.ts'
import { questionsOf } from '../form.ts'
import { currentForm } from '../instruments/shipped.ts'
import { ActionLine } from './ActionLine.tsx'
import { Pages } from './parts.tsx'
import { useSubject } from './use-subject.ts'

/** What is done about what is missing, the earliest first; a provider begins with its own. */
export default function ActionsPage() {
  const { t, lang } = useWords()
  const { role } = useSession()
  const helps = role === 'provider' || role === 'shelter-manager'
  const [state, setState] = useState<ActionState | ''>('open')
  const [mine, setMine] = useState(helps)
  const subjectOf = useSubject()
  const found = useAsk(situation.actions, {
    query: { ...(state ? { state } : {}), ...(mine ? { mine: 'yes' as const } : {}) },
  })
  const items = found.data?.items ?? []
  return (
    <div className="stack situation-page">
      <Pages here="/situation/actions" />
      <PageHeader title={t('situation.actions.title')}>{t('situation.actions.lead')}</PageHeader>
      <div className="situation-filters">
        <SelectField
          name="state"
          label={t('situation.state')}
          value={state}
          onChange={event => setState(event.target.value as ActionState)}
          placeholder={t('ui.list.filter-all')}
          options={actionStates.map(value => ({ value, label: t(`situation.action.state.${value}`) }))}
        />
        {role !== 'secretariat' && (
          <SelectField
            name="mine"
            label={t('situation.action.owner')}
            value={mine ? 'yes' : ''}
            onChange={event => setMine(event.target.value === 'yes')}
            placeholder={t('ui.list.filter-all')}
            options={[{ value: 'yes', label: t('situation.actions.mine') }]}
          />
        )}
      </div>
      {found.isPending && <Loading lines={6} />}
      {found.isError && <Problem error={found.error} onRetry={() => void found.refetch()} />}
      {found.isSuccess && items.length === 0 && (
        <EmptyState title={t('situation.actions.none')}>{t('situation.actions.none-text')}</EmptyState>
      )}
      {items.length > 0 && (
        <Card>
          <ul className="things">
            {items.map(one => {
              const question = questionsOf(currentForm(one.subject)).find(each => each.name === one.question)
              const about =
                one.about ?? (one.area === null ? null : { name: subjectOf({ organisation: null, area: one.area }) })
              return (
                <li key={one.id} className="thing situation-gap">
                  <p className="situation-soft">
                    {[question && standardNames[question.standard][lang], about?.name].filter(Boolean).join(' · ')}
                  </p>
                  {question && <h2 className="situation-topic">{question.topic[lang]}</h2>}
                  <ActionLine action={one as Action} />
                </li>
              )
            })}
          </ul>
        </Card>
      )}
    </div>
  )
}
