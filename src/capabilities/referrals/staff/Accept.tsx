import { useState } from 'react'
import { directory, type PlaceKind } from '#capabilities/directory/contract.ts'
import { useAsk, useCommand } from '#staff/api.ts'
import { useSession } from '#staff/session.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import { ErrorSummary } from '#ui/ErrorSummary.tsx'
import { TextArea } from '#ui/TextArea.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { type Referral, referrals } from '../contract.ts'
import { stale } from './stale.ts'

/** A yes, whole or in part; where places are counted, which of them is taken. */
export function Accept({ found, onDone }: { found: Referral; onDone: () => void }) {
  const { t } = useWords()
  const { organisation } = useSession()
  const accept = useCommand(referrals.accept, stale)
  const own = useAsk(
    directory.get,
    { params: { organisation: organisation.id } },
    { enabled: found.offer !== null && found.place !== null },
  )
  const errors = useFormErrors()
  const [answer, setAnswer] = useState('')
  const [part, setPart] = useState(false)
  const [chosen, setChosen] = useState<string>()
  const places = own.data?.services.find(one => one.id === found.offer)?.places ?? []
  const asked = places.find(one => one.kind === found.place) ?? places.find(one => one.kind === 'anybody')
  const place = chosen ?? asked?.kind ?? ''
  const go = () =>
    accept.mutate(
      {
        params: { referral: found.id },
        version: found.version,
        body: {
          ...(answer.trim() ? { answer: answer.trim().normalize('NFC') } : {}),
          ...(part ? { part } : {}),
          ...(place ? { place: place as PlaceKind } : {}),
        },
      },
      { onSuccess: onDone, onError: errors.take },
    )
  return (
    <Card title={t('referral.accept.title')}>
      <div className="stack">
        <ErrorSummary errors={errors.errors} />
        {places.length > 0 && (
          <ChoiceGroup
            kind="radio"
            name="place"
            label={t('referral.accept.place')}
            value={place}
            onChange={setChosen}
            error={errors.of('place')}
            options={places.map(one => ({
              value: one.kind,
              label: t('services.places.one', {
                kind: t(`place.kind.${one.kind}`),
                free: one.free,
                total: one.total,
              }),
            }))}
          />
        )}
        {found.kind === 'service' && (
          <ChoiceGroup
            kind="checkbox"
            name="part"
            hideLabel
            label={t('referral.accept.part')}
            options={[{ value: 'yes', label: t('referral.accept.part'), hint: t('referral.accept.part-hint') }]}
            value={part ? ['yes'] : []}
            onChange={value => setPart(value.length > 0)}
          />
        )}
        <TextArea
          name="answer"
          label={t('referral.accept.answer')}
          optional={!part}
          value={answer}
          onChange={event => setAnswer(event.target.value)}
          error={errors.of('answer')}
        />
        <div className="actions">
          <Button busy={accept.isPending} onClick={go}>
            {t(found.kind === 'identification' ? 'referral.accept-open' : 'referral.accept')}
          </Button>
          <Button variant="quiet" onClick={onDone}>
            {t('ui.cancel')}
          </Button>
        </div>
      </div>
    </Card>
  )
}
