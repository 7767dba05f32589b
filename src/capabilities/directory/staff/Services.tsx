import { type FormEvent, useState } from 'react'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import { ConfirmDialog } from '#ui/ConfirmDialog.tsx'
import { languageName } from '#ui/languages-and-countries.ts'
import { Problem } from '#ui/Problem.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { useWords } from '#ui/words-context.tsx'
import { newId, useAsk, useCommand } from '../../../staff/api.ts'
import { useSession } from '../../../staff/session.ts'
import { directory, isSheltered, type Organisation, type Service, type ServiceKind, serviceKinds } from '../contract.ts'
import { mayKeep } from './may-keep.ts'
import { offeredLanguages } from './offered-languages.ts'

const stale = [directory.get.id, directory.list.id]

/** What an organisation offers, and where and in which languages; those who keep it add and withdraw. */
export function Services({ organisation }: { organisation: Organisation }) {
  const { t, lang } = useWords()
  const keeps = mayKeep(useSession(), 'offer', organisation.id)
  const [adding, setAdding] = useState(false)
  const [asked, setAsked] = useState<Service>()
  const withdraw = useCommand(directory.withdraw, stale)
  const placeName = usePlaceName()
  const active = organisation.services.filter(one => one.active)
  const details = (one: Service) =>
    [one.area && placeName(one.area), one.languages.map(code => languageName(code, lang)).join(', ')]
      .filter(Boolean)
      .join(' · ')
  const confirm = () => {
    if (!asked) return
    setAsked(undefined)
    withdraw.mutate({ params: { organisation: organisation.id, service: asked.id } })
  }
  return (
    <Card title={t('directory.services')}>
      {withdraw.error && <Problem error={withdraw.error} />}
      {active.length === 0 && <p>{t('directory.services.none')}</p>}
      <ul className="things">
        {active.map(one => (
          <li className="thing" key={one.id}>
            <span>
              <strong>{t(`service.kind.${one.kind}`)}</strong>
              {details(one) && <span className="note directory-line">{details(one)}</span>}
            </span>
            {keeps && (
              <Button
                variant="quiet"
                compact
                aria-label={t('directory.service.withdraw-named', { service: t(`service.kind.${one.kind}`) })}
                onClick={() => setAsked(one)}
              >
                {t('directory.service.withdraw')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {keeps && !adding && (
        <div className="more">
          <Button variant="secondary" onClick={() => setAdding(true)}>
            {t('directory.service.add')}
          </Button>
        </div>
      )}
      {adding && <AddService organisation={organisation} onDone={() => setAdding(false)} />}
      <ConfirmDialog
        open={asked !== undefined}
        title={t('directory.service.withdraw-question', { service: asked ? t(`service.kind.${asked.kind}`) : '' })}
        confirmLabel={t('directory.service.withdraw')}
        tone="danger"
        onConfirm={confirm}
        onCancel={() => setAsked(undefined)}
      >
        {t('directory.service.withdraw-text')}
      </ConfirmDialog>
    </Card>
  )
}

function AddService({ organisation, onDone }: { organisation: Organisation; onDone: () => void }) {
  const { t, lang } = useWords()
  const country = useAsk(directory.country, {})
  const placeName = usePlaceName()
  const offer = useCommand(directory.offer, stale)
  const [id] = useState(newId)
  const [kind, setKind] = useState('')
  const [area, setArea] = useState('')
  const [languages, setLanguages] = useState<readonly string[]>(organisation.languages)
  const [missing, setMissing] = useState(false)
  const hidden = isSheltered(organisation.kind, kind as ServiceKind)
  const places = country.data?.places ?? []
  const send = (event: FormEvent) => {
    event.preventDefault()
    setMissing(!kind)
    if (!kind || offer.isPending) return
    const body = { id, kind: kind as ServiceKind, languages: [...languages], ...(area && !hidden ? { area } : {}) }
    offer.mutate({ params: { organisation: organisation.id }, body }, { onSuccess: onDone })
  }
  return (
    <form className="short-form directory-form more" onSubmit={send} noValidate>
      <h3>{t('directory.service.add')}</h3>
      {offer.error && <Problem error={offer.error} />}
      <SelectField
        name="service-kind"
        label={t('directory.service')}
        placeholder={t('directory.choose')}
        options={serviceKinds.map(value => ({ value, label: t(`service.kind.${value}`) }))}
        value={kind}
        error={missing && !kind ? t('problem.field.required') : undefined}
        onChange={event => setKind(event.target.value)}
      />
      {hidden ? (
        <p className="note">{t('directory.area.hidden')}</p>
      ) : (
        places.length > 0 && (
          <SelectField
            name="service-area"
            label={t('directory.area')}
            placeholder={t('directory.area.all')}
            options={places.map(one => ({ value: one.code, label: placeName(one.code) }))}
            value={area}
            onChange={event => setArea(event.target.value)}
          />
        )
      )}
      <ChoiceGroup
        kind="checkbox"
        name="service-languages"
        inline
        label={t('directory.languages')}
        options={offeredLanguages(country.data?.languages ?? [], organisation.languages).map(value => ({
          value,
          label: languageName(value, lang),
        }))}
        value={languages}
        onChange={setLanguages}
      />
      <div className="actions">
        <Button type="submit" busy={offer.isPending}>
          {t('directory.service.add-do')}
        </Button>
        <Button variant="secondary" onClick={onDone}>
          {t('ui.cancel')}
        </Button>
      </div>
    </form>
  )
}

/** A place of the country by its code, in the reader's language. */
function usePlaceName(): (code: string) => string {
  const { lang } = useWords()
  const country = useAsk(directory.country, {})
  return code => {
    const names: Readonly<Record<string, string | undefined>> =
      country.data?.places.find(one => one.code === code)?.names ?? {}
    return names[lang] ?? names.en ?? code
  }
}
