import { useState } from 'react'
import { useCommand } from '#staff/api.ts'
import { Button } from '#ui/Button.tsx'
import { Form } from '#ui/Form.tsx'
import { TextField } from '#ui/TextField.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { placeKinds } from '../../choices.ts'
import { directory, type PlaceKind, type Service } from '../../contract.ts'

const stale = [directory.get.id, directory.services.id]
const digits = (text: string) => text.replace(/\D/g, '').slice(0, 4)
const typedOf = ({ places }: Service) =>
  placeKinds.map(kind => {
    const known = places.find(one => one.kind === kind)
    return {
      kind,
      total: known ? String(known.total) : '',
      free: known ? String(known.free) : '',
      seen: known?.version,
    }
  })

/** How many places there are of each kind; a kind left at nothing is not there. */
export function SetPlaces({
  organisation,
  service,
  onDone,
}: {
  organisation: string
  service: Service
  onDone: () => void
}) {
  const { t } = useWords()
  const errors = useFormErrors()
  const set = useCommand(directory.setPlaces, stale)
  // What was seen when the form opened; a place may be taken while somebody types.
  const [begun, setBegun] = useState(service)
  const [typed, setTyped] = useState(() => typedOf(service))
  const [moved, setMoved] = useState(false)
  if (moved && service !== begun) {
    setBegun(service)
    setTyped(typedOf(service))
    setMoved(false)
  }
  const there = typed.filter(one => Number(one.total) > 0)
  const change = (kind: PlaceKind, part: { total?: string; free?: string }) =>
    setTyped(kept => kept.map(one => (one.kind === kind ? { ...one, ...part } : one)))
  const error = (kind: PlaceKind, name: string) =>
    errors.of(`${kind}.${name}`) ?? errors.of(`places.${there.findIndex(one => one.kind === kind)}.${name}`)
  const save = () => {
    if (there.length === 0 && service.places.length === 0)
      return errors.set([{ field: `${placeKinds[0]}.total`, message: t('problem.field.required') }])
    set.mutate(
      {
        params: { organisation, service: service.id },
        version: begun.version,
        body: {
          places: there.map(({ kind, total, free, seen }) => ({
            ...{ kind, total: Number(total), free: Number(free || '0') },
            ...(seen === undefined ? {} : { seen }),
          })),
        },
      },
      {
        onSuccess: onDone,
        onError: error => {
          if ((error as { code?: string }).code !== 'version-stale') return errors.take(error)
          setMoved(true)
          errors.set([{ message: t('places.set.stale') }])
        },
      },
    )
  }
  return (
    <Form
      errors={errors.errors}
      busy={set.isPending}
      submit={t('places.set.save')}
      onSubmit={save}
      lead={<p>{t('places.set.lead')}</p>}
    >
      {typed.map(({ kind, total, free }) => (
        <fieldset className="hours-line" key={kind}>
          <legend>{t(`place.kind.${kind}`)}</legend>
          <div className="hours-times">
            <TextField
              name={`${kind}.total`}
              label={t('places.set.total')}
              inputMode="numeric"
              width="short"
              value={total}
              error={error(kind, 'total')}
              onChange={event => change(kind, { total: digits(event.target.value) })}
            />
            <TextField
              name={`${kind}.free`}
              label={t('places.set.free')}
              inputMode="numeric"
              width="short"
              value={free}
              error={error(kind, 'free')}
              onChange={event => change(kind, { free: digits(event.target.value) })}
            />
          </div>
        </fieldset>
      ))}
      <p>
        <Button variant="quiet" onClick={onDone}>
          {t('ui.cancel')}
        </Button>
      </p>
    </Form>
  )
}
