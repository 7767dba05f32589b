import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useCommand } from '#staff/api.ts'
import { Banner } from '#ui/Banner.tsx'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { ErrorSummary } from '#ui/ErrorSummary.tsx'
import { TextArea } from '#ui/TextArea.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { type Case, cases } from '../contract.ts'
import { stale } from './stale.ts'

/** Where the person is; whoever is in charge writes it down. */
export function Place({ found }: { found: Case }) {
  const { t } = useWords()
  return (
    <Card title={t('case.location')}>
      {found.moves.includes('changeLocation') ? (
        <Change id={found.id} version={found.locationVersion ?? 0} place={found.location?.text ?? ''} />
      ) : (
        <p>{found.location?.text ?? t('case.location.none')}</p>
      )}
    </Card>
  )
}

/** Changes the place that was read. When somebody else was faster, both stand there and the person decides. */
function Change({ id, version, place }: { id: string; version: number; place: string }) {
  const { t } = useWords()
  const queries = useQueryClient()
  const change = useCommand(cases.changeLocation, stale)
  const errors = useFormErrors()
  const [base, setBase] = useState({ version, place })
  const [text, setText] = useState(place)
  const written = text.normalize('NFC')
  const follow = () => {
    setBase({ version, place })
    setText(place)
    errors.clear()
  }
  const moved = version !== base.version
  // Nothing typed, or the same as theirs: there is nothing to settle.
  const settled = text === base.place || written === place
  if (moved && settled) follow()
  const conflict = moved && !settled
  const save = () =>
    change.mutate(
      { params: { case: id }, version, body: { text: written } },
      {
        onSuccess: errors.clear,
        onError: thrown => {
          errors.take(thrown)
          if ((thrown as { status?: number }).status === 412)
            for (const one of stale) void queries.invalidateQueries({ queryKey: [one] })
        },
      },
    )
  return (
    <div className="stack">
      {!conflict && <ErrorSummary errors={errors.errors} />}
      {conflict && (
        <Banner tone="warning" role="alert" title={t('case.location.changed')}>
          <p className="told">{place}</p>
        </Banner>
      )}
      <TextArea
        name="text"
        label={t('case.location.change')}
        hint={t('case.location.hint')}
        value={text}
        onChange={event => setText(event.target.value)}
        error={errors.of('text')}
      />
      <div className="actions">
        <Button variant="secondary" busy={change.isPending} onClick={save}>
          {t(conflict ? 'case.location.mine' : 'case.save')}
        </Button>
        {conflict && (
          <Button variant="quiet" onClick={follow}>
            {t('case.location.theirs')}
          </Button>
        )}
      </div>
    </div>
  )
}
