import { useEffect, useState } from 'react'
import { call, useCommand } from '#staff/api.ts'
import { useForAMinute } from '#staff/for-a-minute.ts'
import { Banner } from '#ui/Banner.tsx'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { ErrorSummary } from '#ui/ErrorSummary.tsx'
import { Problem } from '#ui/Problem.tsx'
import { TextArea } from '#ui/TextArea.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { type Case, cases } from '../contract.ts'
import { where } from '../contract-where.ts'
import { stale } from './stale.ts'

interface Where {
  readonly text: string | null
  readonly version: number
}

/** Where the person is: asked for by itself and gone again after a minute. Whoever is in charge writes it down. */
export function Place({ found }: { found: Case }) {
  const { t } = useWords()
  const [typing, setTyping] = useState(false)
  const { shown, told, busy, error, look, show, hide } = useForAMinute<Where>(
    () => call(where.read, { params: { case: found.id } }),
    {
      first: found.locationVersion ? undefined : { text: null, version: 0 },
      tells: one => one.version > 0,
      typing,
    },
  )
  return (
    <Card title={t('case.location')}>
      <div className="stack for-a-minute">
        {error !== undefined && <Problem error={error} />}
        {shown === undefined ? (
          <p>{t('case.location.hidden')}</p>
        ) : found.moves.includes('changeLocation') ? (
          <Change id={found.id} where={shown} onLook={look} onSaved={show} onTyping={setTyping} />
        ) : (
          <p className="told">{shown.text ?? t('case.location.none')}</p>
        )}
        {shown === undefined && (
          <div className="actions">
            <Button variant="secondary" busy={busy} onClick={() => void look()}>
              {t('case.location.show')}
            </Button>
          </div>
        )}
        {told && !typing && (
          <div className="actions">
            <Button variant="quiet" onClick={hide}>
              {t('case.location.hide')}
            </Button>
          </div>
        )}
      </div>
    </Card>
  )
}

interface Changing {
  readonly id: string
  readonly where: Where
  readonly onLook: () => Promise<unknown>
  readonly onSaved: (now: Where) => void
  readonly onTyping: (typing: boolean) => void
}
/** Changes the place that was read. When somebody else was faster, both stand there and the person decides. */
function Change({ id, where: { text: told, version }, onLook, onSaved, onTyping }: Changing) {
  const { t } = useWords()
  const place = told ?? ''
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
  const typing = text !== place
  useEffect(() => onTyping(typing), [onTyping, typing])
  const save = () =>
    change.mutate(
      { params: { case: id }, version, body: { text: written } },
      {
        onSuccess: now => {
          errors.clear()
          onSaved({ text: written, version: now.version })
        },
        onError: thrown => {
          errors.take(thrown)
          if ((thrown as { status?: number }).status === 412) void onLook()
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
