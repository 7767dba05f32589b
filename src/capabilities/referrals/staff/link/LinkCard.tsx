import { useState } from 'react'
import type { Answer } from '#platform/contract/client.ts'
import { useCommand } from '#staff/api.ts'
import { Banner } from '#ui/Banner.tsx'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import { ConfirmDialog } from '#ui/ConfirmDialog.tsx'
import { ErrorSummary } from '#ui/ErrorSummary.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { withoutAccount } from '../../contract-link.ts'
import { MadeLink } from './MadeLink.tsx'

export type Doors = Answer<typeof withoutAccount.doors>

/** The link of a referral: where it stands, and the ways to make one and to take it back. */
export function LinkCard({ referral, found }: { referral: string; found: Doors }) {
  const words = useWords()
  const { t } = words
  const make = useCommand(withoutAccount.makeLink, [withoutAccount.doors.id])
  const end = useCommand(withoutAccount.endLink, [withoutAccount.doors.id])
  const errors = useFormErrors()
  const [mail, setMail] = useState(false)
  const [sure, setSure] = useState(false)
  const [made, setMade] = useState<Answer<typeof withoutAccount.makeLink>>()
  const { link, stands } = found
  const params = { referral }
  const live = link?.state === 'live'
  if (made && live)
    return (
      <MadeLink made={made} mailWanted={mail}>
        <Button variant="quiet" onClick={() => setMade(undefined)}>
          {t('doors.made.done')}
        </Button>
      </MadeLink>
    )
  if (!stands && !link) return null
  return (
    <Card title={t('doors.link.title')}>
      <div className="stack">
        <ErrorSummary errors={errors.errors} />
        {link?.state === 'closed' && stands && <Banner tone="warning">{t('doors.link.closed')}</Banner>}
        {link && (
          <p>
            {t(`doors.link.${link.state}`, { name: link.madeBy, when: words.dateTime(link.madeAt) })}{' '}
            {link.openedAt
              ? t('doors.link.opened', { when: words.dateTime(link.openedAt) })
              : live && t('doors.link.unopened')}
          </p>
        )}
        {live && link.mail === 'refused' && <Banner tone="warning">{t('doors.link.mail-refused')}</Banner>}
        {live && link.mail && link.mail !== 'refused' && <p>{t(`doors.link.mail-${link.mail}`)}</p>}
        {stands && <p>{t('doors.link.lead')}</p>}
        {stands && found.mail && (
          <ChoiceGroup
            kind="checkbox"
            name="mail"
            hideLabel
            label={t('doors.link.mail', { address: found.mail })}
            options={[
              {
                value: 'yes',
                label: t('doors.link.mail', { address: found.mail }),
                hint: t('doors.link.mail-hint'),
              },
            ]}
            value={mail ? ['yes'] : []}
            onChange={value => setMail(value.length > 0)}
          />
        )}
        <div className="actions">
          {stands && (
            <Button
              busy={make.isPending}
              variant={live ? 'secondary' : 'primary'}
              onClick={() =>
                make.mutate(
                  { params, body: { mail } },
                  {
                    onError: errors.take,
                    onSuccess: answer => {
                      errors.clear()
                      setMade(answer)
                    },
                  },
                )
              }
            >
              {t(live ? 'doors.link.again' : 'doors.link.make')}
            </Button>
          )}
          {live && (
            <Button variant="secondary" onClick={() => setSure(true)}>
              {t('doors.link.end')}
            </Button>
          )}
        </div>
        <ConfirmDialog
          open={sure}
          title={t('doors.link.end-sure')}
          confirmLabel={t('doors.link.end')}
          tone="danger"
          busy={end.isPending}
          onCancel={() => setSure(false)}
          onConfirm={() => end.mutate({ params, body: {} }, { onError: errors.take, onSettled: () => setSure(false) })}
        />
      </div>
    </Card>
  )
}
