import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { auth } from '#platform/auth/contract.ts'
import { type LanguageCode, languages } from '#platform/words/words.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import { ErrorSummary } from '#ui/ErrorSummary.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { Problem } from '#ui/Problem.tsx'
import { problemText } from '#ui/problem-text.ts'
import { TextField } from '#ui/TextField.tsx'
import { useWords } from '#ui/words-context.tsx'
import { newId } from '../api.ts'
import { AssignmentFields, emptyAssignment, useAssignmentErrors, wireAssignment } from './AssignmentFields.tsx'
import './accounts.css'
import { LinkOnce, type OnceLink } from './LinkOnce.tsx'
import { StepUp, useProvenCommand } from './step-up.tsx'

/** Lets somebody in for the first time: who, as what, and a link to hand over. */
export default function Invite() {
  const { t } = useWords()
  const [made, setMade] = useState<{ link: OnceLink; name: string }>()
  const [turn, setTurn] = useState(0)
  const again = () => {
    setMade(undefined)
    setTurn(turn + 1)
  }
  return (
    <StepUp>
      <div className="record-page account-page-narrow">
        <PageHeader title={t('people.invite')} above={<Link to="/people">{t('people.title')}</Link>}>
          {!made && t('people.invite.lead')}
        </PageHeader>
        {made ? (
          <Card>
            <LinkOnce {...made} />
            <div className="actions more">
              <Link to="/people/$account" params={{ account: made.link.id }} className="button button-secondary">
                {t('people.invite.open')}
              </Link>
              <Button variant="quiet" onClick={again}>
                {t('people.invite.again')}
              </Button>
            </div>
          </Card>
        ) : (
          <Form key={turn} onMade={(link, name) => setMade({ link, name })} />
        )}
      </div>
    </StepUp>
  )
}

function Form({ onMade }: { onMade: (link: OnceLink, name: string) => void }) {
  const words = useWords()
  const { t, timeZone } = words
  const [id] = useState(newId)
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [language, setLanguage] = useState<LanguageCode>(words.lang)
  const [assignment, setAssignment] = useState(emptyAssignment)
  const [checked, setChecked] = useState(false)
  const invite = useProvenCommand(auth.invite, [auth.listAccounts.id])
  const assigned = useAssignmentErrors(assignment, invite.error, 'assignment.')
  const told = invite.error ? problemText(invite.error, words).errors : []
  const wrong = (field: 'name' | 'email', value: string) =>
    checked && !value.trim() ? t('problem.field.required') : told.find(one => one.field === field)?.message
  const errors = [
    ...[
      { field: 'name', label: t('people.name'), message: wrong('name', name) },
      { field: 'email', label: t('people.email'), message: wrong('email', email) },
    ].flatMap(({ field, label, message }) => (message ? [{ field, message: `${label}: ${message}` }] : [])),
    ...assigned.list,
  ]
  const send = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    if (!assigned.check() || !name.trim() || !email.trim() || invite.isPending) return
    const body = {
      id,
      name: name.trim().normalize('NFC'),
      email: email.trim().normalize('NFC'),
      language,
      assignment: wireAssignment(assignment, timeZone),
    }
    invite.mutate({ body }, { onSuccess: link => onMade(link, body.name) })
  }
  return (
    <form className="short-form" onSubmit={send} noValidate>
      <ErrorSummary errors={errors} />
      {invite.error && errors.length === 0 && <Problem error={invite.error} />}
      <TextField
        name="name"
        label={t('people.name')}
        autoComplete="off"
        maxLength={120}
        value={name}
        error={wrong('name', name)}
        onChange={event => setName(event.target.value)}
      />
      <TextField
        name="email"
        label={t('people.email')}
        hint={t('people.email.hint')}
        type="email"
        autoComplete="off"
        autoCapitalize="none"
        value={email}
        error={wrong('email', email)}
        onChange={event => setEmail(event.target.value)}
      />
      <ChoiceGroup
        kind="radio"
        name="language"
        inline
        label={t('people.language')}
        options={languages.map(one => ({ value: one.code, label: one.name }))}
        value={language}
        onChange={value => setLanguage(value as LanguageCode)}
      />
      <AssignmentFields value={assignment} onChange={setAssignment} errorOf={assigned.of} />
      <div className="actions">
        <Button type="submit" busy={invite.isPending}>
          {t('people.invite.do')}
        </Button>
        <Link to="/people" className="button button-secondary">
          {t('ui.cancel')}
        </Link>
      </div>
    </form>
  )
}
