import { useState } from 'react'
import type { Answer } from '#platform/contract/client.ts'
import { useCommand } from '#staff/api.ts'
import { Banner } from '#ui/Banner.tsx'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import { ErrorSummary } from '#ui/ErrorSummary.tsx'
import { LinkButton } from '#ui/LinkButton.tsx'
import { TextField } from '#ui/TextField.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { type Sealing, sealings, withoutAccount } from '../../contract-link.ts'
import type { Doors } from './LinkCard.tsx'

/** A referral on paper: in which language, sealed to whom, and whether it leaves the country. */
export function PaperCard({ referral, found }: { referral: string; found: Doors }) {
  const words = useWords()
  const { t } = words
  const make = useCommand(withoutAccount.makePaper, [withoutAccount.doors.id])
  const errors = useFormErrors()
  const [language, setLanguage] = useState<'en' | 'es'>(words.lang)
  const [sealTo, setSealTo] = useState<Sealing>('nobody')
  const [recipient, setRecipient] = useState('')
  const [abroad, setAbroad] = useState(false)
  const [made, setMade] = useState<Answer<typeof withoutAccount.makePaper>>()
  const { paper, stands } = found
  if (!stands && !paper) return null
  const go = () => {
    if (sealTo === 'key' && !recipient.trim())
      return errors.set([{ field: 'recipient', message: t('problem.field.required') }])
    const key = sealTo === 'key' ? { recipient: recipient.trim() } : {}
    make.mutate(
      { params: { referral }, body: { language, sealTo, abroad, ...key } },
      {
        onError: errors.take,
        onSuccess: answer => {
          errors.clear()
          setMade(answer)
        },
      },
    )
  }
  return (
    <Card title={t('doors.paper.title')}>
      <div className="stack">
        {paper && <p>{t(`doors.paper.${paper.state}`, { name: paper.madeBy, when: words.dateTime(paper.madeAt) })}</p>}
        {made ? (
          <Made made={made} />
        ) : (
          stands && (
            <>
              <p>{t('doors.paper.lead')}</p>
              <ErrorSummary errors={errors.errors} />
              <ChoiceGroup
                kind="radio"
                name="language"
                label={t('doors.paper.language')}
                value={language}
                onChange={value => setLanguage(value as 'en')}
                options={[
                  { value: 'en', label: 'English' },
                  { value: 'es', label: 'Español' },
                ]}
              />
              <ChoiceGroup
                kind="radio"
                name="sealTo"
                label={t('doors.paper.seal')}
                value={sealTo}
                onChange={value => setSealTo(value as Sealing)}
                options={sealings.map(value => ({
                  value,
                  label: t(`doors.paper.seal.${value}`),
                  hint: t(`doors.paper.seal.${value}-hint`),
                }))}
              />
              {sealTo === 'nobody' && <Banner tone="warning">{t('doors.paper.open')}</Banner>}
              {sealTo === 'key' && (
                <TextField
                  name="recipient"
                  label={t('doors.paper.recipient')}
                  hint={t('doors.paper.recipient-hint')}
                  dir="ltr"
                  autoComplete="off"
                  spellCheck={false}
                  value={recipient}
                  onChange={event => setRecipient(event.target.value)}
                  error={errors.of('recipient')}
                />
              )}
              <ChoiceGroup
                kind="checkbox"
                name="abroad"
                hideLabel
                label={t('doors.paper.abroad')}
                options={[{ value: 'yes', label: t('doors.paper.abroad'), hint: t('doors.paper.abroad-hint') }]}
                value={abroad ? ['yes'] : []}
                onChange={value => setAbroad(value.length > 0)}
                error={errors.of('abroad')}
              />
              <div className="actions">
                <Button variant="secondary" busy={make.isPending} onClick={go}>
                  {t('doors.paper.make')}
                </Button>
              </div>
            </>
          )
        )}
      </div>
    </Card>
  )
}

/** The file, this once, and what opens it. */
function Made({ made }: { made: Answer<typeof withoutAccount.makePaper> }) {
  const { t } = useWords()
  const type = made.name.endsWith('.pdf') ? 'application/pdf' : 'application/octet-stream'
  const [address] = useState(() => {
    const bytes = Uint8Array.from(atob(made.file), char => char.charCodeAt(0))
    return URL.createObjectURL(new Blob([bytes], { type }))
  })
  return (
    <div className="stack" role="status">
      <p>{t('doors.paper.made')}</p>
      {made.passphrase && (
        <>
          <h3>{t('doors.paper.passphrase')}</h3>
          <p className="link-code">
            <bdi dir="ltr">{made.passphrase}</bdi>
          </p>
          <p>{t('doors.paper.passphrase-apart')}</p>
        </>
      )}
      <div className="actions">
        <LinkButton href={address} download={made.name}>
          {t('doors.paper.save')}
        </LinkButton>
      </div>
    </div>
  )
}
