import { useState } from 'react'
import { newId, useAsk, useCommand } from '#staff/api.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import { ErrorSummary } from '#ui/ErrorSummary.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { closeReasons, justice, type Lead } from '../contract.ts'

interface Part {
  readonly one: Lead
  readonly stale: readonly string[]
}
/** What an investigator of the body does next with a lead. */
export function LeadWork({ one, stale }: Part) {
  return (
    <>
      <Moves one={one} stale={stale} />
      {(one.moves.includes('share') || one.shares.length > 0) && <Sharing one={one} stale={stale} />}
    </>
  )
}

function Moves({ one, stale }: Part) {
  const { t } = useWords()
  const move = useCommand(justice.moveLead, stale)
  const assign = useCommand(justice.assignLead, stale)
  const errors = useFormErrors()
  const [reason, setReason] = useState('')
  const [to, setTo] = useState('')
  const people = useAsk(justice.people, {}, { enabled: one.moves.includes('assign') })
  const colleagues = (people.data?.items ?? []).filter(
    person => person.role === 'investigator' && person.account !== one.investigator,
  )
  const done = { onSuccess: errors.clear, onError: errors.take }
  const go = (body: Parameters<typeof move.mutate>[0]['body']) =>
    move.mutate({ params: { lead: one.id }, version: one.version, body }, done)
  return (
    <Card title={t('justice.lead.work')}>
      <div className="stack">
        <ErrorSummary errors={errors.errors} />
        {(one.moves.includes('take-up') || one.moves.includes('reopen')) && (
          <div className="actions">
            {one.moves.includes('take-up') && (
              <Button busy={move.isPending} onClick={() => go({ to: 'in-work' })}>
                {t('justice.lead.take-up')}
              </Button>
            )}
            {one.moves.includes('reopen') && (
              <Button variant="secondary" busy={move.isPending} onClick={() => go({ to: 'open' })}>
                {t('justice.lead.reopen')}
              </Button>
            )}
          </div>
        )}
        {one.moves.includes('assign') && colleagues.length > 0 && (
          <>
            <SelectField
              name="account"
              label={t('justice.lead.assign')}
              value={to}
              error={errors.of('account')}
              placeholder={t('justice.choose')}
              onChange={event => setTo(event.target.value)}
              options={colleagues.map(person => ({ value: person.account, label: person.name }))}
            />
            <div className="actions">
              <Button
                variant="secondary"
                disabled={to === ''}
                busy={assign.isPending}
                onClick={() =>
                  assign.mutate(
                    { params: { lead: one.id }, version: one.version, body: { account: to } },
                    { ...done, onSuccess: () => setTo('') },
                  )
                }
              >
                {t('justice.lead.assign-save')}
              </Button>
            </div>
          </>
        )}
        {one.moves.includes('close') && (
          <>
            <SelectField
              name="reason"
              label={t('justice.lead.close-why')}
              value={reason}
              error={errors.of('reason')}
              placeholder={t('justice.choose')}
              onChange={event => setReason(event.target.value)}
              options={closeReasons.map(value => ({ value, label: t(`justice.closed-for.${value}`) }))}
            />
            <div className="actions">
              <Button
                variant="secondary"
                disabled={reason === ''}
                busy={move.isPending}
                onClick={() => go({ to: 'closed', reason: reason as (typeof closeReasons)[number] })}
              >
                {t('justice.lead.close')}
              </Button>
            </div>
          </>
        )}
      </div>
    </Card>
  )
}

function Sharing({ one, stale }: Part) {
  const words = useWords()
  const { t } = words
  const share = useCommand(justice.shareLead, stale)
  const end = useCommand(justice.endLeadShare, stale)
  const errors = useFormErrors()
  const [account, setAccount] = useState('')
  const [source, setSource] = useState<string[]>([])
  const mayShare = one.moves.includes('share')
  const people = useAsk(justice.people, {}, { enabled: mayShare })
  const live = new Set(one.shares.filter(each => !each.endedAt).map(each => each.account))
  const prosecutors = (people.data?.items ?? []).filter(
    person => person.role === 'prosecutor' && !live.has(person.account),
  )
  const save = () =>
    share.mutate(
      { params: { lead: one.id }, body: { id: newId(), account, source: source.length > 0 } },
      {
        onSuccess: () => {
          setAccount('')
          setSource([])
          errors.clear()
        },
        onError: errors.take,
      },
    )
  return (
    <Card title={t('justice.lead.share')}>
      <div className="stack">
        <ErrorSummary errors={errors.errors} />
        {one.shares.length > 0 && (
          <ul className="things">
            {one.shares.map(each => (
              <li key={each.id} className="thing">
                <div>
                  {t('justice.lead.shared-row', { name: each.name, when: words.dateTime(each.at) })}
                  {each.source && <>, {t('justice.lead.shared-source')}</>}
                  {each.endedAt && <>, {t('justice.lead.shared-ended', { when: words.dateTime(each.endedAt) })}</>}
                </div>
                {!each.endedAt && (
                  <Button
                    variant="quiet"
                    compact
                    busy={end.isPending}
                    onClick={() =>
                      end.mutate({ params: { lead: one.id, share: each.id } } as never, { onError: errors.take })
                    }
                  >
                    {t('justice.lead.share-end')}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        )}
        {mayShare && people.isSuccess && prosecutors.length === 0 && one.shares.length === 0 && (
          <p>{t('justice.lead.share-none')}</p>
        )}
        {mayShare && prosecutors.length > 0 && (
          <>
            <SelectField
              name="prosecutor"
              label={t('justice.lead.share-who')}
              value={account}
              error={errors.of('account')}
              placeholder={t('justice.choose')}
              onChange={event => setAccount(event.target.value)}
              options={prosecutors.map(person => ({
                value: person.account,
                label: `${person.name}, ${person.organisationName}`,
              }))}
            />
            <ChoiceGroup
              kind="checkbox"
              name="source"
              label={t('justice.lead.source')}
              hideLabel
              value={source}
              onChange={setSource}
              options={[{ value: 'yes', label: t('justice.lead.share-source') }]}
            />
            <div className="actions">
              <Button variant="secondary" disabled={account === ''} busy={share.isPending} onClick={save}>
                {t('justice.lead.share-save')}
              </Button>
            </div>
          </>
        )}
      </div>
    </Card>
  )
}
