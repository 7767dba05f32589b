import { type FormEvent, useState } from 'react'
import { usePages } from '#staff/use-pages.ts'
import { Button } from '#ui/Button.tsx'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import { DataTable } from '#ui/desk/DataTable.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { Loading } from '#ui/Loading.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { Problem } from '#ui/Problem.tsx'
import { TextField } from '#ui/TextField.tsx'
import { useWords } from '#ui/words-context.tsx'
import { type ConsoleEvent, oversight } from '../contract.ts'
import { eventColumns } from './event-columns.tsx'
import { PersonField, type Someone } from './PersonField.tsx'

const kinds = ['case', 'person', 'exports', 'tries'] as const
/** Asked of everybody, or of one person. */
const whole: ReadonlySet<string> = new Set(['exports', 'tries'])
type Question = Record<string, string | undefined>

/** Who opened this case, what did this person open, what left. Asking is written down as well. */
export default function Events() {
  const { t } = useWords()
  const [asked, setAsked] = useState<Question>()
  return (
    <div className="stack">
      <PageHeader title={t('oversight.events.title')}>{t('oversight.events.lead')}</PageHeader>
      <Ask onAsk={setAsked} />
      {asked && <Answers key={JSON.stringify(asked)} asked={asked} />}
    </div>
  )
}

function Ask({ onAsk }: { onAsk: (asked: Question) => void }) {
  const { t } = useWords()
  const [kind, setKind] = useState<string>('case')
  const [reference, setReference] = useState('')
  const [person, setPerson] = useState<Someone>()
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const ready = whole.has(kind) || (kind === 'case' ? reference.trim() !== '' : person !== undefined)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!ready) return
    onAsk({
      ...(kind === 'case' ? { reference: reference.trim() } : {}),
      ...(kind !== 'case' && person ? { account: person.account } : {}),
      ...(whole.has(kind) ? { [kind]: 'yes' } : {}),
      ...(from ? { from: new Date(from).toISOString() } : {}),
      ...(to ? { to: new Date(to).toISOString() } : {}),
    })
  }
  return (
    <form className="stack-close" onSubmit={submit}>
      <ChoiceGroup
        kind="radio"
        name="kind"
        inline
        label={t('oversight.events.about')}
        value={kind}
        onChange={setKind}
        options={kinds.map(value => ({ value, label: t(`oversight.events.about.${value}`) }))}
      />
      {kind === 'case' ? (
        <TextField
          name="reference"
          label={t('oversight.reference')}
          width="medium"
          autoComplete="off"
          value={reference}
          onChange={event => setReference(event.target.value)}
        />
      ) : (
        <PersonField label={t(whole.has(kind) ? 'oversight.person-if' : 'oversight.person')} onChange={setPerson} />
      )}
      <div className="actions">
        <div>
          <TextField
            name="from"
            type="datetime-local"
            label={t('oversight.from')}
            value={from}
            onChange={event => setFrom(event.target.value)}
          />
        </div>
        <div>
          <TextField
            name="to"
            type="datetime-local"
            label={t('oversight.to')}
            value={to}
            onChange={event => setTo(event.target.value)}
          />
        </div>
      </div>
      <div className="actions">
        <Button type="submit" disabled={!ready}>
          {t('oversight.events.ask')}
        </Button>
      </div>
    </form>
  )
}

function Answers({ asked }: { asked: Question }) {
  const words = useWords()
  const { t } = words
  const pages = usePages(oversight.readEvents, asked)
  if (pages.status === 'loading') return <Loading lines={5} />
  if (pages.status === 'error') return <Problem error={pages.error} onRetry={() => void pages.onRetry()} />
  if (pages.rows.length === 0) return <EmptyState title={t('oversight.events.none')} />
  const address = new URLSearchParams(Object.entries(asked).flatMap(([key, value]) => (value ? [[key, value]] : [])))
  return (
    <div className="stack-close">
      <div className="actions">
        <a href={`/api/oversight/events.csv?${address}`} download="answer.csv" className="button button-secondary">
          {t('oversight.events.export')}
        </a>
      </div>
      <DataTable<ConsoleEvent>
        caption={t('oversight.events.answer')}
        rows={pages.rows}
        rowId={row => row.id}
        columns={eventColumns(words)}
      />
      {pages.onMore && (
        <Button variant="secondary" busy={pages.loadingMore} onClick={pages.onMore}>
          {t('oversight.more')}
        </Button>
      )}
    </div>
  )
}
