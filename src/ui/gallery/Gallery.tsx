import { useState } from 'react'
import type { LanguageCode } from '#platform/words/words.ts'
import { Banner } from '../Banner.tsx'
import { Button } from '../Button.tsx'
import { Card } from '../Card.tsx'
import { ChoiceGroup } from '../ChoiceGroup.tsx'
import { Clock } from '../Clock.tsx'
import { ConfirmDialog } from '../ConfirmDialog.tsx'
import { DateField } from '../DateField.tsx'
import { EmptyState } from '../EmptyState.tsx'
import { ErrorSummary } from '../ErrorSummary.tsx'
import { LanguageSwitch } from '../LanguageSwitch.tsx'
import { LinkButton } from '../LinkButton.tsx'
import { Loading } from '../Loading.tsx'
import { PageHeader } from '../PageHeader.tsx'
import { PhoneField } from '../PhoneField.tsx'
import { Problem } from '../Problem.tsx'
import { SelectField } from '../SelectField.tsx'
import { SkipLink } from '../SkipLink.tsx'
import { Summary } from '../Summary.tsx'
import { Tag } from '../Tag.tsx'
import { TextArea } from '../TextArea.tsx'
import { TextField } from '../TextField.tsx'
import { ThemeSwitch } from '../ThemeSwitch.tsx'
import { Timeline } from '../Timeline.tsx'
import { TopBar } from '../TopBar.tsx'

const now = new Date('2026-03-14T15:00:00Z')
const at = (hours: number) => new Date(now.getTime() + hours * 3_600_000).toISOString()

/** Every component that phones use, once. */
export function Gallery({ onLanguage }: { onLanguage: (lang: LanguageCode) => void }) {
  const [safe, setSafe] = useState('')
  const [born, setBorn] = useState('1998-07-')
  const [phone, setPhone] = useState('')
  const [asking, setAsking] = useState(false)
  return (
    <>
      <SkipLink />
      <Banner tone="demonstration" title="Demonstration.">
        Nobody here is real. Signed in as Labour inspector.
      </Banner>
      <TopBar
        label="Main"
        home={content => <a href="#home">{content}</a>}
        places={
          <>
            <a href="#today" aria-current="page">
              Today
            </a>
            <a href="#mine">My screenings</a>
          </>
        }
        end={<LanguageSwitch onChange={onLanguage} />}
      />
      <main id="main" className="page stack">
        <PageHeader
          title="Screening of 14 March"
          above={<a href="#mine">My screenings</a>}
          tags={
            <>
              <Tag tone="good" icon="check">
                Sent
              </Tag>
              <Clock due={at(50)} warnAt={at(40)} now={now} />
              <Clock due={at(2)} warnAt={at(-1)} now={now} />
              <Clock due={at(-5)} now={now} />
              <Clock due={at(5)} paused now={now} />
              <Clock due={at(5)} doneAt={at(-26)} now={now} />
            </>
          }
          actions={<Button>Continue screening</Button>}
        >
          A referral never waits for this to be complete.
        </PageHeader>
        <Banner title="Tell the person first">What they say is written down, and who may read it.</Banner>
        <Banner tone="good" title="Sent to the Counter Trafficking Unit" />
        <Banner tone="warning" title="Working offline">
          Three screenings wait to be sent.
        </Banner>
        <Problem error={{ status: 503 }} onRetry={() => undefined} />
        <ErrorSummary
          errors={[
            { field: 'born', message: 'The date of birth needs a day' },
            { field: 'safe', message: 'Say whether the person is safe now' },
          ]}
        />
        <Card title="Buttons">
          <div className="actions">
            <Button>Send the referral</Button>
            <Button variant="secondary">Save for later</Button>
            <Button variant="quiet">Skip</Button>
            <Button variant="danger" onClick={() => setAsking(true)}>
              Withdraw consent
            </Button>
            <Button busy>Sending</Button>
            <Button disabled>Not now</Button>
            <LinkButton href="#read" variant="secondary" compact>
              Read the text
            </LinkButton>
          </div>
        </Card>
        <Card title="Fields">
          <TextField name="name" label="What should we call the person?" hint="Any name they choose" optional />
          <TextField name="amount" label="Wages owed" prefix="SA$" inputMode="decimal" width="short" />
          <DateField
            name="born"
            label="Date of birth"
            hint="If it is not known, leave it and say the age instead"
            error="The date of birth needs a day"
            value={born}
            onChange={setBorn}
          />
          <PhoneField name="phone" label="A safe number to call" value={phone} onChange={setPhone} optional />
          <SelectField
            name="language"
            label="Language spoken"
            placeholder="Choose"
            options={[
              { value: 'es', label: 'Spanish' },
              { value: 'ht', label: 'Haitian Creole' },
            ]}
          />
          <TextArea name="told" label="In the person’s own words" hint="Only what they chose to say" />
          <ChoiceGroup
            kind="radio"
            name="safe"
            label="Is the person safe right now?"
            error="Say whether the person is safe now"
            inline
            value={safe}
            onChange={setSafe}
            options={[
              { value: 'yes', label: 'Yes' },
              { value: 'no', label: 'No' },
              { value: 'unsure', label: 'Not sure' },
            ]}
          />
        </Card>
        <Card title={<a href="#card">A card that leads somewhere</a>} aside={<Tag tone="info">New</Tag>}>
          Labour Inspectorate, Port Aurelia. Two people, one place of work.
        </Card>
        <Card title="Answers">
          <Summary
            rows={[
              { term: 'Language', value: 'Spanish, with an interpreter', action: <a href="#language">Change</a> },
              { term: 'Consent to refer', value: 'Yes, to the unit only', action: <a href="#consent">Change</a> },
              { term: 'Safe number', value: '' },
            ]}
          />
        </Card>
        <Card title="What happened">
          <Timeline
            label="What happened"
            entries={[
              {
                id: '3',
                when: at(-1),
                title: 'Accepted',
                by: 'Casa Esperanza',
                tone: 'good',
                body: 'A bed from tonight.',
              },
              { id: '2', when: at(-3), title: 'Referred to a shelter', by: 'Counter Trafficking Unit', tone: 'info' },
              { id: '1', when: at(-30), title: 'Screened', by: 'Labour Inspectorate' },
            ]}
          />
        </Card>
        <EmptyState title="Nothing waits for you" action={<Button variant="secondary">Start a screening</Button>}>
          What you start appears here, also without a connection.
        </EmptyState>
        <Loading />
        <ThemeSwitch />
        <ConfirmDialog
          open={asking}
          title="Withdraw consent to share?"
          confirmLabel="Withdraw consent"
          tone="danger"
          onConfirm={() => setAsking(false)}
          onCancel={() => setAsking(false)}
        >
          Sharing stops at once. Services go on.
        </ConfirmDialog>
      </main>
    </>
  )
}
