import { type FormEvent, useState } from 'react'
import { dayNumber, instantOf, offsetAt } from '#platform/clocks/zone.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { ConfirmDialog } from '#ui/ConfirmDialog.tsx'
import { Problem } from '#ui/Problem.tsx'
import { problemText } from '#ui/problem-text.ts'
import { SelectField } from '#ui/SelectField.tsx'
import { Tag } from '#ui/Tag.tsx'
import { TextField } from '#ui/TextField.tsx'
import { useWords } from '#ui/words-context.tsx'
import { newId, useCommand } from '../../../staff/api.ts'
import { useSession } from '../../../staff/session.ts'
import { directory, type Organisation } from '../contract.ts'
import { mayKeep } from './may-keep.ts'

type Duty = Organisation['onCall'][number]

/** Who answers outside office hours, now and next. */
export function OnCall({ organisation }: { organisation: Organisation }) {
  const { t, dateTime } = useWords()
  const session = useSession()
  const [adding, setAdding] = useState(false)
  const keeps = mayKeep(session, 'putOnCall', organisation.id) && organisation.members.length > 0
  const [asked, setAsked] = useState<Duty>()
  const end = useCommand(directory.endOnCall, [directory.get.id])
  const now = Date.now()
  const begun = (one: Duty) => Date.parse(one.from) <= now
  const confirm = () => {
    if (!asked) return
    setAsked(undefined)
    end.mutate({ params: { organisation: organisation.id, duty: asked.id } })
  }
  return (
    <Card title={t('directory.on-call')}>
      {end.error && <Problem error={end.error} />}
      {organisation.onCall.length === 0 && <p>{t('directory.on-call.none')}</p>}
      <ul className="things">
        {organisation.onCall.map(one => (
          <li className="thing" key={one.id}>
            <span>
              <strong>{one.name}</strong>
              <span className="note directory-line">
                {t('directory.on-call.span', { from: dateTime(one.from), to: dateTime(one.to) })}
              </span>
            </span>
            {begun(one) && now < Date.parse(one.to) && <Tag tone="good">{t('directory.on-call.now')}</Tag>}
            {keeps && (
              <Button
                variant="quiet"
                compact
                aria-label={t(`directory.on-call.${begun(one) ? 'end' : 'cancel'}-named`, { name: one.name })}
                onClick={() => setAsked(one)}
              >
                {t(`directory.on-call.${begun(one) ? 'end' : 'cancel'}`)}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {keeps && !adding && (
        <div className="more">
          <Button variant="secondary" onClick={() => setAdding(true)}>
            {t('directory.on-call.add')}
          </Button>
        </div>
      )}
      {adding && <PutOnCall organisation={organisation} onDone={() => setAdding(false)} />}
      <ConfirmDialog
        open={asked !== undefined}
        title={t(`directory.on-call.${asked && !begun(asked) ? 'cancel' : 'end'}-question`, {
          name: asked?.name ?? '',
        })}
        confirmLabel={t(`directory.on-call.${asked && !begun(asked) ? 'cancel' : 'end'}`)}
        tone="danger"
        onConfirm={confirm}
        onCancel={() => setAsked(undefined)}
      >
        {asked && t('directory.on-call.span', { from: dateTime(asked.from), to: dateTime(asked.to) })}
      </ConfirmDialog>
    </Card>
  )
}

/** "2026-03-14T18:00" on the country's clock as a moment; undefined while it is none. */
function momentOf(timeZone: string, typed: string): string | undefined {
  const found = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})/.exec(typed)
  if (!found) return undefined
  try {
    const minutes = Number(found[2]) * 60 + Number(found[3])
    return new Date(instantOf(timeZone, dayNumber(found[1]!), minutes)).toISOString()
  } catch {
    return undefined
  }
}
/** The next full hour, and `hours` after it, as the field writes it. */
const nextHour = (timeZone: string, hours: number): string => {
  const at = Math.ceil(Date.now() / 3_600_000 + hours) * 3_600_000
  return new Date(at + offsetAt(timeZone, at)).toISOString().slice(0, 16)
}

function PutOnCall({ organisation, onDone }: { organisation: Organisation; onDone: () => void }) {
  const words = useWords()
  const { t, timeZone } = words
  const [id] = useState(newId)
  const [account, setAccount] = useState('')
  const [from, setFrom] = useState(() => nextHour(timeZone, 0))
  const [to, setTo] = useState(() => nextHour(timeZone, 12))
  const [checked, setChecked] = useState(false)
  const put = useCommand(directory.putOnCall, [directory.get.id])
  const told = put.error ? problemText(put.error, words).errors : []
  const begins = momentOf(timeZone, from)
  const ends = momentOf(timeZone, to)
  const found = {
    account: account ? undefined : t('problem.field.required'),
    from: begins ? undefined : t('problem.field.required'),
    to: !ends ? t('problem.field.required') : begins && ends <= begins ? t('directory.on-call.order') : undefined,
  }
  const wrong = (name: keyof typeof found) =>
    (checked ? found[name] : undefined) ?? told.find(one => one.field === name)?.message
  const send = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    if (found.account || found.from || found.to || !begins || !ends || put.isPending) return
    const body = { id, account, from: begins, to: ends }
    put.mutate({ params: { organisation: organisation.id }, body }, { onSuccess: onDone })
  }
  const members = [...new Map(organisation.members.map(one => [one.account, one.name]))]
  return (
    <form className="short-form directory-form more" onSubmit={send} noValidate>
      <h3>{t('directory.on-call.add')}</h3>
      {put.error && told.length === 0 && <Problem error={put.error} />}
      <SelectField
        name="on-call-account"
        label={t('directory.on-call.who')}
        placeholder={t('directory.choose')}
        options={members.map(([value, label]) => ({ value, label }))}
        value={account}
        error={wrong('account')}
        onChange={event => setAccount(event.target.value)}
      />
      <TextField
        name="on-call-from"
        label={t('directory.on-call.from')}
        type="datetime-local"
        width="medium"
        value={from}
        error={wrong('from')}
        onChange={event => setFrom(event.target.value)}
      />
      <TextField
        name="on-call-to"
        label={t('directory.on-call.to')}
        type="datetime-local"
        width="medium"
        value={to}
        error={wrong('to')}
        onChange={event => setTo(event.target.value)}
      />
      <div className="actions">
        <Button type="submit" busy={put.isPending}>
          {t('directory.on-call.do')}
        </Button>
        <Button variant="secondary" onClick={onDone}>
          {t('ui.cancel')}
        </Button>
      </div>
    </form>
  )
}
