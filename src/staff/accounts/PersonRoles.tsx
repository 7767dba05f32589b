import { type FormEvent, useState } from 'react'
import { auth } from '#platform/auth/contract.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { ConfirmDialog } from '#ui/ConfirmDialog.tsx'
import { Problem } from '#ui/Problem.tsx'
import { useWords } from '#ui/words-context.tsx'
import { newId, useCommand } from '../api.ts'
import { AssignmentFields, emptyAssignment, useAssignmentErrors, wireAssignment } from './AssignmentFields.tsx'
import { WaitingTag } from './account-tags.tsx'
import type { AccountView } from './Person.tsx'
import { useProvenCommand } from './step-up.tsx'
import { WaitingRole } from './WaitingRole.tsx'

type Held = AccountView['assignments'][number]
const stale = [auth.getAccount.id, auth.listAccounts.id, auth.listWaiting.id]

/** What a person may act as now, and did before; an administrator grants and ends. */
export function PersonRoles({ person, changes }: { person: AccountView; changes: boolean }) {
  const { t, date } = useWords()
  const [ending, setEnding] = useState<Held>()
  const [granting, setGranting] = useState(false)
  const end = useCommand(auth.endAssignment, stale)
  const live = person.assignments.filter(one => one.live)
  const past = person.assignments.filter(one => !one.live)
  const confirm = () => {
    if (!ending) return
    setEnding(undefined)
    end.mutate({ params: { account: person.id, assignment: ending.id } })
  }
  const named = (one: Held) => t('people.role.at', { role: t(`role.${one.role}`), organisation: one.organisation.name })
  return (
    <Card title={t('people.roles')}>
      {end.error && <Problem error={end.error} />}
      {live.length === 0 && <p>{t('people.no-role')}</p>}
      <ul className="things">
        {live.map(one => (
          <li key={one.id} className="thing">
            <div>
              <strong>{t(`role.${one.role}`)}</strong> {one.waiting && <WaitingTag />}
              <p className="note">
                {one.organisation.name}
                {one.until && <> · {t('auth.role.until', { when: date(one.until) })}</>}
              </p>
              {one.askedBy && one.confirmedBy && (
                <p className="note">{t('people.role.confirmed', { asked: one.askedBy, confirmed: one.confirmedBy })}</p>
              )}
            </div>
            {changes && (
              <Button
                variant="quiet"
                compact
                aria-label={t('people.role.end-named', { role: named(one) })}
                onClick={() => setEnding(one)}
              >
                {t('people.role.end')}
              </Button>
            )}
            {one.waiting && <WaitingRole person={person} one={one} />}
          </li>
        ))}
      </ul>
      {past.length > 0 && (
        <details className="people-past">
          <summary>{t('people.roles.past', { count: past.length })}</summary>
          <ul>
            {past.map(one => (
              <li key={one.id}>
                {one.refused
                  ? t('people.role.refused', {
                      role: t(`role.${one.role}`),
                      organisation: one.organisation.name,
                      reason: t(`people.refusal.${one.refused}`),
                    })
                  : named(one)}
                {one.until && !one.refused && <>, {t('auth.role.until', { when: date(one.until) })}</>}
              </li>
            ))}
          </ul>
        </details>
      )}
      {changes && person.status !== 'disabled' && !granting && (
        <div className="more">
          <Button variant="secondary" onClick={() => setGranting(true)}>
            {t('people.role.grant')}
          </Button>
        </div>
      )}
      {granting && <Grant account={person.id} onDone={() => setGranting(false)} />}
      <ConfirmDialog
        open={ending !== undefined}
        title={t('people.role.end-question')}
        confirmLabel={t('people.role.end')}
        tone="danger"
        onConfirm={confirm}
        onCancel={() => setEnding(undefined)}
      >
        {ending && <p>{named(ending)}</p>}
        <p>{t('people.role.end-text')}</p>
      </ConfirmDialog>
    </Card>
  )
}

function Grant({ account, onDone }: { account: string; onDone: () => void }) {
  const { t, timeZone } = useWords()
  const [value, setValue] = useState(emptyAssignment)
  const grant = useProvenCommand(auth.grant, stale)
  const [id] = useState(newId)
  const errors = useAssignmentErrors(value, grant.error, '')
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (!errors.check() || grant.isPending) return
    grant.mutate({ params: { account }, body: { id, ...wireAssignment(value, timeZone) } }, { onSuccess: onDone })
  }
  return (
    <form className="short-form more" onSubmit={send} noValidate>
      <h3>{t('people.role.grant')}</h3>
      {grant.error && !errors.any && <Problem error={grant.error} />}
      <AssignmentFields value={value} onChange={setValue} errorOf={errors.of} />
      <div className="actions">
        <Button type="submit" busy={grant.isPending}>
          {t('people.role.grant-do')}
        </Button>
        <Button variant="secondary" onClick={onDone}>
          {t('ui.cancel')}
        </Button>
      </div>
    </form>
  )
}
