import { useState } from 'react'
import { Button } from '#ui/Button.tsx'
import { Clock } from '#ui/Clock.tsx'
import { Form } from '#ui/Form.tsx'
import { Problem } from '#ui/Problem.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { TextArea } from '#ui/TextArea.tsx'
import { TextField } from '#ui/TextField.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { newId, useCommand } from '../../../../staff/api.ts'
import { type Case, cases } from '../../contract.ts'
import { stale } from '../stale.ts'
import { isInterrupted } from './path.ts'

type ClockOf = Case['clocks'][number]

/** One clock: when it runs out, whether it stands still and why, and what the country lets be done to it. */
export function ClockLine({ found, clock }: { found: Case; clock: ClockOf }) {
  const words = useWords()
  const { t } = words
  const [doing, setDoing] = useState<'pause' | 'extend' | undefined>()
  const resume = useCommand(cases.resumeClock, stale)
  const may = found.moves.includes('clock') && !isInterrupted(found.identification)
  const running = clock.pausedAt === null
  const over = running && new Date(clock.dueAt) < new Date()
  const name = t(`case.clock.${clock.kind}`)
  const close = () => setDoing(undefined)
  const acts = !running || clock.extendable || (!over && clock.pauseReasons.length > 0)
  return (
    <div className="procedure-clock">
      <div className="procedure-clock-line">
        <span>{name}</span>
        <Clock due={clock.dueAt} warnAt={clock.warnAt} paused={!running} />
        <span className="note">
          {running
            ? t('procedure.clock.until', { day: words.dateTime(clock.dueAt) })
            : t('procedure.clock.paused-since', {
                day: words.date(clock.pausedAt!, 'short'),
                reason: clock.pauseReason ? t(`case.pause.${clock.pauseReason}`) : t('case.pause.other'),
              })}
        </span>
      </div>
      {resume.isError && <Problem error={resume.error} />}
      {may && acts && doing === undefined && (
        <div className="actions">
          {running && !over && clock.pauseReasons.length > 0 && (
            <Button
              variant="quiet"
              compact
              onClick={() => setDoing('pause')}
              aria-label={t('procedure.pause.of', { name })}
            >
              {t('procedure.pause')}
            </Button>
          )}
          {running && clock.extendable && (
            <Button
              variant="quiet"
              compact
              onClick={() => setDoing('extend')}
              aria-label={t('procedure.extend.of', { name })}
            >
              {t('procedure.extend')}
            </Button>
          )}
          {!running && (
            <Button
              variant="secondary"
              compact
              busy={resume.isPending}
              aria-label={t('procedure.resume.of', { name })}
              onClick={() =>
                resume.mutate({ params: { case: found.id, clock: clock.id }, version: found.version, body: {} })
              }
            >
              {t('procedure.resume')}
            </Button>
          )}
        </div>
      )}
      {doing === 'pause' && <PauseForm found={found} clock={clock} onDone={close} />}
      {doing === 'extend' && <ExtendForm found={found} clock={clock} onDone={close} />}
    </div>
  )
}

interface Doing {
  readonly found: Case
  readonly clock: ClockOf
  readonly onDone: () => void
}
function PauseForm({ found, clock, onDone }: Doing) {
  const { t } = useWords()
  const pause = useCommand(cases.pauseClock, stale)
  const errors = useFormErrors()
  const [reason, setReason] = useState('')
  const save = () =>
    pause.mutate(
      { params: { case: found.id, clock: clock.id }, version: found.version, body: { id: newId(), reason } },
      { onSuccess: onDone, onError: errors.take },
    )
  return (
    <div className="short-form">
      <Form errors={errors.errors} busy={pause.isPending} submit={t('procedure.pause.save')} onSubmit={save}>
        <SelectField
          name="reason"
          label={t('procedure.pause.reason')}
          value={reason}
          onChange={event => setReason(event.target.value)}
          placeholder={t('procedure.choose')}
          options={clock.pauseReasons.map(value => ({ value, label: t(`case.pause.${value}`) }))}
          error={errors.of('reason')}
        />
      </Form>
      <Button variant="quiet" compact onClick={onDone}>
        {t('procedure.cancel')}
      </Button>
    </div>
  )
}
function ExtendForm({ found, clock, onDone }: Doing) {
  const { t } = useWords()
  const extend = useCommand(cases.extendClock, stale)
  const errors = useFormErrors()
  const [by, setBy] = useState('')
  const [reasons, setReasons] = useState('')
  const save = () =>
    extend.mutate(
      {
        params: { case: found.id, clock: clock.id },
        version: found.version,
        body: { id: newId(), by: Number(by), reasons: reasons.normalize('NFC') },
      },
      { onSuccess: onDone, onError: errors.take },
    )
  return (
    <div className="short-form">
      <Form errors={errors.errors} busy={extend.isPending} submit={t('procedure.extend.save')} onSubmit={save}>
        <TextField
          name="by"
          label={t('procedure.extend.by', { unit: t(`procedure.unit.${clock.unit ?? 'calendar-days'}`) })}
          width="short"
          inputMode="numeric"
          value={by}
          onChange={event => setBy(event.target.value.replace(/\D/g, ''))}
          error={errors.of('by')}
        />
        <TextArea
          name="reasons"
          id="extend-reasons"
          label={t('procedure.reasons')}
          value={reasons}
          onChange={event => setReasons(event.target.value)}
          error={errors.of('reasons')}
        />
      </Form>
      <Button variant="quiet" compact onClick={onDone}>
        {t('procedure.cancel')}
      </Button>
    </div>
  )
}
