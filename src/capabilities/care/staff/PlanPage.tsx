import { createLink } from '@tanstack/react-router'
import { useState } from 'react'
import { useAsk, useCommand } from '#staff/api.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { LinkButton } from '#ui/LinkButton.tsx'
import { Loading } from '#ui/Loading.tsx'
import { Problem } from '#ui/Problem.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { Tag, type Tone } from '#ui/Tag.tsx'
import { useWords } from '#ui/words-context.tsx'
import { care } from '../contract.ts'
import { type Action, actionStates, type Plan } from '../contract-plan.ts'
import { AgreeForm } from './AgreeForm.tsx'
import { useOptions } from './choices.ts'
import { CareFrame, useCase } from './Frame.tsx'
import { PlanForm } from './PlanForm.tsx'
import { useBodies } from './use-bodies.ts'

const To = createLink(LinkButton)

/** What was planned with the person, what they agreed to, and how far it got. */
export default function PlanPage() {
  const { t } = useWords()
  const caseId = useCase()
  const found = useAsk(care.plans, { params: { case: caseId } })
  const [view, setView] = useState<'' | 'write' | 'agree'>('')
  if (!found.isSuccess)
    return (
      <CareFrame part="plan">
        {found.isPending && <Loading lines={6} />}
        {found.isError && <Problem error={found.error} onRetry={() => void found.refetch()} />}
      </CareFrame>
    )
  const { items, actions } = found.data
  const draft = items.find(one => one.state === 'draft')
  const agreed = items.find(one => one.state === 'agreed')
  const replaced = items.filter(one => one.state === 'replaced')
  const done = () => setView('')
  return (
    <CareFrame
      part="plan"
      lead={t('care.plan.lead')}
      actions={
        view === '' && (
          <>
            <Button variant={draft ? 'secondary' : 'primary'} onClick={() => setView('write')}>
              {t(draft ? 'care.plan.go-on' : agreed ? 'care.plan.next' : 'care.plan.begin')}
            </Button>
            {items.length > 0 && (
              <To to="/cases/$case/care/plan/print" params={{ case: caseId } as never} variant="quiet">
                {t('care.plan.print')}
              </To>
            )}
          </>
        )
      }
    >
      {view === 'write' && <PlanForm caseId={caseId} draft={draft} agreed={agreed} onDone={done} />}
      {view === 'agree' && draft && <AgreeForm caseId={caseId} draft={draft} onDone={done} />}
      {items.length === 0 && view === '' && (
        <EmptyState title={t('care.plan.none')}>{t('care.plan.none-text')}</EmptyState>
      )}
      {draft && (
        <Shown
          plan={draft}
          footer={view === '' && <Button onClick={() => setView('agree')}>{t('care.plan.agree')}</Button>}
        />
      )}
      {agreed && <ToDo caseId={caseId} actions={actions} />}
      {agreed && <Shown plan={agreed} />}
      {replaced.length > 0 && (
        <details>
          <summary>{t('care.plan.earlier', { count: replaced.length })}</summary>
          <div className="stack">
            {replaced.map(one => (
              <Shown key={one.id} plan={one} />
            ))}
          </div>
        </details>
      )}
    </CareFrame>
  )
}

const tones: Record<Plan['state'], Tone> = { draft: 'warning', agreed: 'good', replaced: 'neutral' }

function Shown({ plan, footer }: { plan: Plan; footer?: React.ReactNode }) {
  const words = useWords()
  const { t } = words
  const { nameOf } = useBodies()
  return (
    <Card
      title={t('care.plan.version', { number: plan.number })}
      aside={<Tag tone={tones[plan.state]}>{t(`care.plan.state.${plan.state}`)}</Tag>}
      footer={footer}
    >
      <div className="stack">
        {plan.goals.map((goal, at) => (
          // Goals of a written plan never change places.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <section key={at}>
            <h3>{goal.goal}</h3>
            <ul className="plain-list">
              {goal.actions.map(one => (
                <li key={one.id}>
                  {one.what} <span className="care-soft">{t(`service.kind.${one.service}`)}</span>
                  <br />
                  <span className="care-soft">
                    {one.organisation ? nameOf(one.organisation) : t(`care.owner.${one.owner}`)}
                    {one.dueOn && `, ${t('care.plan.until', { day: words.date(one.dueOn) })}`}
                  </span>
                </li>
              ))}
            </ul>
          </section>
        ))}
        {plan.ownWords && (
          <section>
            <h3>{t('care.plan.own-words')}</h3>
            <p className="told">{plan.ownWords}</p>
          </section>
        )}
        <p className="care-soft">
          {plan.agreedAt
            ? t('care.plan.agreed', {
                when: words.dateTime(plan.agreedAt),
                how: t(`care.agreed.${plan.agreedHow}`),
                who: t(`care.giver.${plan.givenBy}`),
              })
            : t('care.plan.not-agreed')}
        </p>
      </div>
    </Card>
  )
}

function ToDo({ caseId, actions }: { caseId: string; actions: readonly Action[] }) {
  const words = useWords()
  const { t } = words
  const options = useOptions()
  const { nameOf } = useBodies()
  const move = useCommand(care.moveAction, ['care.plans', 'tasks.today', 'care.closing'])
  const shown = actions.filter(one => one.state !== 'dropped')
  return (
    <Card title={t('care.plan.to-do')}>
      {move.isError && <Problem error={move.error} />}
      <ul className="things">
        {shown.map(one => (
          <li key={one.id} className="thing">
            <div>
              <p>{one.what}</p>
              <p className="care-soft">
                {t(`service.kind.${one.service}`)}
                {', '}
                {one.organisation ? nameOf(one.organisation) : t(`care.owner.${one.owner}`)}
                {one.dueOn && `, ${t('care.plan.until', { day: words.date(one.dueOn) })}`}
              </p>
            </div>
            <SelectField
              name={`state-${one.id}`}
              label={t('care.plan.stands')}
              value={one.state}
              disabled={move.isPending}
              onChange={event =>
                move.mutate({
                  params: { case: caseId, action: one.id },
                  version: one.version,
                  body: { state: event.target.value as Action['state'] },
                })
              }
              options={options('care.action', actionStates)}
            />
          </li>
        ))}
      </ul>
    </Card>
  )
}
