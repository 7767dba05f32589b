import { useState } from 'react'
import type { LanguageCode } from '#platform/words/words.ts'
import { Banner } from '../Banner.tsx'
import { Button } from '../Button.tsx'
import { Clock } from '../Clock.tsx'
import { ComboBox } from '../desk/ComboBox.tsx'
import type { Sort } from '../desk/DataTable.tsx'
import { IconButton } from '../desk/IconButton.tsx'
import { ListPage } from '../desk/ListPage.tsx'
import { Menu } from '../desk/Menu.tsx'
import { Tabs } from '../desk/Tabs.tsx'
import { LanguageSwitch } from '../LanguageSwitch.tsx'
import { SkipLink } from '../SkipLink.tsx'
import { Summary } from '../Summary.tsx'
import { Tag, type Tone } from '../Tag.tsx'
import { ThemeSwitch } from '../ThemeSwitch.tsx'
import { TopBar } from '../TopBar.tsx'

interface Row {
  id: string
  number: string
  from: string
  urgency: string
  status: string
  tone: Tone
  due: string
}

const now = new Date('2026-03-14T15:00:00Z')
const at = (hours: number) => new Date(now.getTime() + hours * 3_600_000).toISOString()

const rows: Row[] = [
  ['SA-2026-0142', 'Labour Inspectorate, Port Aurelia', 'Immediate', 'New', 'info', -3],
  ['SA-2026-0141', 'Coast Guard, North Station', 'Urgent', 'Acknowledged', 'neutral', 2],
  ['SA-2026-0139', 'District Hospital', 'Routine', 'Accepted', 'good', 60],
  ['SA-2026-0138', 'Immigration, Airport', 'Urgent', 'Declined', 'warning', 20],
  ['SA-2026-0135', 'Teacher, St Brigid’s Secondary School', 'Routine', 'New', 'info', 44],
].map(([number, from, urgency, status, tone, hours]) => ({
  id: String(number),
  number: String(number),
  from: String(from),
  urgency: String(urgency),
  status: String(status),
  tone: tone as Tone,
  due: at(Number(hours)),
}))

const places = ['Port Aurelia', 'Grande Anse', 'Mount Pleasant', 'Saint Brigid', 'North Bay'].map(name => ({
  value: name,
  label: name,
}))

/** A desk: a list, and the components that lists and forms there use. */
export function DeskGallery({ onLanguage }: { onLanguage: (lang: LanguageCode) => void }) {
  const [query, setQuery] = useState('')
  const [urgency, setUrgency] = useState('')
  const [place, setPlace] = useState('')
  const [sort, setSort] = useState<Sort>({ key: 'due', direction: 'ascending' })
  const found = rows.filter(
    row => row.from.toLowerCase().includes(query.toLowerCase()) && (!urgency || row.urgency === urgency),
  )
  const ordered = sort.direction === 'ascending' ? found : found.toReversed()
  return (
    <>
      <SkipLink />
      <Banner tone="demonstration" title="Demonstration.">
        Nobody here is real.
      </Banner>
      <TopBar
        label="Main"
        home={content => <a href="#home">{content}</a>}
        places={
          <>
            <a href="#referrals" aria-current="page">
              Referrals
            </a>
            <a href="#cases">Cases</a>
            <a href="#directory">Directory</a>
          </>
        }
        end={<LanguageSwitch onChange={onLanguage} />}
      />
      <main id="main" className="desk page page-wide stack">
        <ListPage<Row>
          title="Referrals"
          lead="What other organisations have sent to the unit."
          actions={<Button>New referral</Button>}
          search={{ value: query, onChange: setQuery, label: 'Search by organisation' }}
          filters={[
            {
              key: 'urgency',
              label: 'Urgency',
              value: urgency,
              onChange: setUrgency,
              options: ['Immediate', 'Urgent', 'Routine'].map(value => ({ value, label: value })),
            },
          ]}
          status="ready"
          caption="Referrals"
          rows={ordered}
          rowId={row => row.id}
          link={(row, content) => (
            <a className="row-link" href={`#${row.id}`}>
              {content}
            </a>
          )}
          sort={sort}
          onSort={setSort}
          onMore={() => undefined}
          columns={[
            { key: 'number', title: 'Number', cell: row => row.number, sortable: true },
            { key: 'from', title: 'From', cell: row => row.from },
            { key: 'urgency', title: 'Urgency', cell: row => row.urgency, sortable: true },
            { key: 'status', title: 'Status', cell: row => <Tag tone={row.tone}>{row.status}</Tag> },
            {
              key: 'due',
              title: 'Answer',
              sortable: true,
              cell: row => <Clock due={row.due} warnAt={at(4)} now={now} />,
            },
            { key: 'places', title: 'Messages', align: 'end', wideOnly: true, cell: row => row.id.length - 8 },
          ]}
        />
        <Tabs
          label="Case"
          views={[
            {
              key: 'who',
              title: 'Person',
              content: (
                <Summary
                  rows={[
                    { term: 'Age', value: '27' },
                    { term: 'Speaks', value: 'Spanish' },
                  ]}
                />
              ),
            },
            { key: 'care', title: 'Care', content: <p>Nothing delivered yet.</p> },
            { key: 'law', title: 'Investigation', content: null, disabled: true },
          ]}
        />
        <ComboBox
          name="place"
          label="District"
          hint="Where the person was met"
          options={places}
          value={place}
          onChange={setPlace}
        />
        <div className="actions">
          <Menu
            name="More actions"
            label="Actions"
            entries={[
              { key: 'hand', label: 'Hand over' },
              { key: 'print', label: 'Print' },
              { key: 'close', label: 'Close the case', danger: true },
            ]}
          />
          <Menu name="More actions" entries={[{ key: 'hand', label: 'Hand over' }]} />
          <IconButton name="Lock the screen" icon="lock" onPress={() => undefined} />
          <ThemeSwitch />
        </div>
      </main>
    </>
  )
}
