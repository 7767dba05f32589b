import { useState } from 'react'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { Problem } from '#ui/Problem.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { Tag } from '#ui/Tag.tsx'
import { useWords } from '#ui/words-context.tsx'
import { useCommand } from '../../../../staff/api.ts'
import { type Case, cases } from '../../contract.ts'
import { stale } from '../stale.ts'

type TrackOf = NonNullable<Case['tracks']>[number]

/** What goes on beside the procedure: each by itself, whatever is decided. */
export function Tracks({ found }: { found: Case }) {
  const { t } = useWords()
  if (!found.tracks || found.status === 'new') return null
  return (
    <Card title={t('procedure.tracks')}>
      <p className="note">{t('procedure.tracks.lead')}</p>
      <ul className="things">
        {found.tracks.map(one => (
          <li key={one.track} className="thing">
            <OneTrack found={found} one={one} />
          </li>
        ))}
      </ul>
    </Card>
  )
}

function OneTrack({ found, one }: { found: Case; one: TrackOf }) {
  const words = useWords()
  const { t } = words
  const change = useCommand(cases.changeTrack, stale)
  const [open, setOpen] = useState(false)
  const [to, setTo] = useState('')
  const name = t(`procedure.track.${one.track}`)
  const close = () => {
    setOpen(false)
    setTo('')
  }
  return (
    <>
      <div>
        <p className="procedure-track">
          <span>{name}</span> <Tag>{t(`procedure.track.${one.track}.${one.state}`)}</Tag>
        </p>
        {one.at && <p className="note">{t('procedure.track.since', { day: words.date(one.at, 'short') })}</p>}
      </div>
      {found.moves.includes('track') && one.after.length > 0 && !open && (
        <Button
          variant="quiet"
          compact
          aria-label={t('procedure.track.change-of', { name })}
          onClick={() => setOpen(true)}
        >
          {t('procedure.track.change')}
        </Button>
      )}
      {open && (
        <div className="short-form">
          {change.isError && <Problem error={change.error} />}
          <SelectField
            name={`track-${one.track}`}
            label={t('procedure.track.now', { name })}
            value={to}
            onChange={event => setTo(event.target.value)}
            placeholder={t('procedure.choose')}
            options={one.after.map(value => ({ value, label: t(`procedure.track.${one.track}.${value}`) }))}
          />
          <div className="actions">
            <Button
              variant="secondary"
              compact
              busy={change.isPending}
              disabled={to === ''}
              onClick={() =>
                change.mutate(
                  { params: { case: found.id, track: one.track }, version: found.version, body: { to } },
                  { onSuccess: close },
                )
              }
            >
              {t('procedure.track.save')}
            </Button>
            <Button variant="quiet" compact onClick={close}>
              {t('procedure.cancel')}
            </Button>
          </div>
        </div>
      )}
    </>
  )
}
