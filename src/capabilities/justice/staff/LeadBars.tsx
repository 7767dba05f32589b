import { useState } from 'react'
import type { In } from '#platform/contract/operation.ts'
import { newId, useAsk, useCommand } from '#staff/api.ts'
import { useSession } from '#staff/session.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { ErrorSummary } from '#ui/ErrorSummary.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { justice, type Lead, leadBarReasons } from '../contract.ts'

export type Bar = NonNullable<In<(typeof justice.makeLead)['body']>['closedTo']>[number]

/** Colleagues, supervisors of the body and prosecutors: whoever could come upon a lead, but not who asks. */
function usePeople() {
  const me = useSession().me.account
  const people = useAsk(justice.people, {})
  return (people.data?.items ?? []).filter(person => person.account !== me)
}

/** Somebody, and why, as far as chosen. */
export interface Choice {
  readonly account: string
  readonly reason: string
}
export const nobody: Choice = { account: '', reason: '' }
/** The choice as it is sent: what is not whole is refused there, and not dropped here. */
export const barOf = ({ account, reason }: Choice): Bar => ({ id: newId(), account, reason: reason as Bar['reason'] })

function Choose({
  choice: { account, reason },
  without,
  busy,
  errorOf,
  onChange,
  onChoose,
}: {
  choice: Choice
  without: readonly string[]
  busy: boolean
  errorOf: (field: string) => string | undefined
  onChange: (choice: Choice) => void
  onChoose: () => void
}) {
  const { t } = useWords()
  const people = usePeople().filter(person => !without.includes(person.account))
  return (
    <>
      <SelectField
        name="bar-account"
        label={t('justice.bars.who')}
        value={account}
        error={errorOf('account')}
        placeholder={t('justice.choose')}
        onChange={event => onChange({ account: event.target.value, reason })}
        options={people.map(person => ({
          value: person.account,
          label: `${person.name}, ${person.organisationName}`,
        }))}
      />
      <SelectField
        name="bar-reason"
        label={t('justice.bars.why')}
        value={reason}
        error={errorOf('reason')}
        placeholder={t('justice.choose')}
        onChange={event => onChange({ account, reason: event.target.value })}
        options={leadBarReasons.map(value => ({ value, label: t(`justice.bars.reason.${value}`) }))}
      />
      <div className="actions">
        <Button variant="secondary" disabled={account === '' || reason === ''} busy={busy} onClick={onChoose}>
          {t('justice.bars.save')}
        </Button>
      </div>
    </>
  )
}

/** Before a lead is there: for whom there will be none. Who is chosen when it is saved is among them, added or not. */
export function ClosedFromTheStart({
  bars,
  choice,
  onChange,
  errorOf,
}: {
  bars: readonly Bar[]
  choice: Choice
  onChange: (bars: readonly Bar[], choice: Choice) => void
  errorOf: (field: string) => string | undefined
}) {
  const { t } = useWords()
  const people = usePeople()
  return (
    <Card title={t('justice.bars.title')}>
      <div className="stack">
        <p className="hint">{t('justice.bars.hint')}</p>
        {bars.length > 0 && (
          <ul className="things">
            {bars.map((bar, at) => (
              <li key={bar.id} className="thing">
                <div>
                  {people.find(one => one.account === bar.account)?.name} · {t(`justice.bars.reason.${bar.reason}`)}
                  {errorOf(`closedTo.${at}.account`) && (
                    <div className="field-error">{errorOf(`closedTo.${at}.account`)}</div>
                  )}
                </div>
                <Button
                  variant="quiet"
                  compact
                  onClick={() =>
                    onChange(
                      bars.filter(one => one.id !== bar.id),
                      choice,
                    )
                  }
                >
                  {t('justice.bars.remove')}
                </Button>
              </li>
            ))}
          </ul>
        )}
        {bars.length < 10 && (
          <Choose
            choice={choice}
            without={bars.map(bar => bar.account)}
            busy={false}
            errorOf={field => errorOf(`closedTo.${bars.length}.${field}`)}
            onChange={next => onChange(bars, next)}
            onChoose={() => onChange([...bars, barOf(choice)], nobody)}
          />
        )}
      </div>
    </Card>
  )
}

/** For whom there is no such lead, and how that ends. */
export function LeadBars({ one, stale }: { one: Lead; stale: readonly string[] }) {
  const words = useWords()
  const { t } = words
  const add = useCommand(justice.barFromLead, stale)
  const end = useCommand(justice.endLeadBar, stale)
  const errors = useFormErrors()
  const [choice, setChoice] = useState(nobody)
  const done = { onSuccess: errors.clear, onError: errors.take }
  const bar = () => {
    const added = () => {
      errors.clear()
      setChoice(nobody)
    }
    add.mutate({ params: { lead: one.id }, body: barOf(choice) }, { onSuccess: added, onError: errors.take })
  }
  return (
    <Card title={t('justice.bars.title')}>
      <div className="stack">
        <ErrorSummary errors={errors.errors} />
        <p className="hint">{t('justice.bars.hint')}</p>
        {one.bars.length > 0 && (
          <ul className="things">
            {one.bars.map(bar => (
              <li key={bar.id} className="thing">
                <div>
                  {bar.name} · {t(`justice.bars.reason.${bar.reason}`)} ·{' '}
                  {t('justice.bars.by', { name: bar.byName, when: words.dateTime(bar.at) })}
                  {bar.endedAt && <>, {t('justice.lead.shared-ended', { when: words.dateTime(bar.endedAt) })}</>}
                </div>
                {bar.mayEnd && (
                  <Button
                    variant="quiet"
                    compact
                    busy={end.isPending}
                    onClick={() => end.mutate({ params: { lead: one.id, bar: bar.id } } as never, done)}
                  >
                    {t('justice.bars.end')}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        )}
        {one.moves.includes('bar') && (
          <Choose
            choice={choice}
            without={one.bars.filter(bar => !bar.endedAt).map(bar => bar.account)}
            busy={add.isPending}
            errorOf={errors.of}
            onChange={setChoice}
            onChoose={bar}
          />
        )}
      </div>
    </Card>
  )
}
