import { useState } from 'react'
import { useCountry } from '#capabilities/directory/staff/parts.tsx'
import type { NotifiedFact } from '#platform/country/vocabulary.ts'
import { newId, useCommand } from '#staff/api.ts'
import { usePhone } from '#staff/phone/here.ts'
import { useDraft } from '#staff/phone/use-draft.ts'
import { Banner } from '#ui/Banner.tsx'
import { Button } from '#ui/Button.tsx'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import { Problem } from '#ui/Problem.tsx'
import { useWords } from '#ui/words-context.tsx'
import { consent, exploitations } from '../contract.ts'

type Exploitation = (typeof exploitations)[number]

/** After an adult's no: nobody is told, and that is said; or, where a verified law wants it, the least there is to tell. */
export function AfterNo({ caseId, refusal }: { caseId: string; refusal: string }) {
  const { t } = useWords()
  const country = useCountry()
  if (!country.data) return null
  const { notification } = country.data
  if (notification === null) return <p className="quiet-note">{t('consent.notify.off')}</p>
  return <Notify caseId={caseId} refusal={refusal} facts={notification} />
}

function Notify({ caseId, refusal, facts }: { caseId: string; refusal: string; facts: readonly NotifiedFact[] }) {
  const { t, list } = useWords()
  const [{ exploitation, key }, setDraft] = useDraft(`after-no ${refusal}`, caseId, () => ({
    exploitation: '' as Exploitation | '',
    key: newId(),
  }))
  const [tried, setTried] = useState(false)
  const notify = useCommand(consent.notify, [consent.notifications.id])
  const waiting = usePhone().waiting.some(one => one.item.id === key)
  const asks = facts.includes('exploitation')
  const missing = asks && exploitation === ''
  if (notify.isSuccess)
    return (
      <Banner tone={waiting ? 'warning' : 'good'} role="status">
        {t(waiting ? 'consent.notify.waiting' : 'consent.notify.done')}
      </Banner>
    )
  const send = () => {
    setTried(true)
    if (!missing)
      notify.mutate({ params: { case: caseId }, body: { refusal, exploitation: exploitation || 'not-known' }, key })
  }
  return (
    <section className="after-no stack-close">
      <h2>{t('consent.notify.title')}</h2>
      <p>
        {t('consent.notify.text', {
          facts: list([t('consent.notify.fact.month'), ...facts.map(one => t(`consent.notify.fact.${one}`))]),
        })}
      </p>
      <p>{t('consent.notify.tell-first')}</p>
      {asks && (
        <ChoiceGroup
          kind="radio"
          name="exploitation"
          label={t('consent.notify.exploitation')}
          error={tried && missing ? t('consent.ask.wrong.choose') : undefined}
          value={exploitation}
          onChange={value => setDraft(kept => ({ ...kept, exploitation: value as Exploitation }))}
          options={exploitations.map(value => ({ value, label: t(`consent.notify.exploitation.${value}`) }))}
        />
      )}
      {notify.isError && <Problem error={notify.error} onRetry={send} />}
      <Button variant="secondary" wide busy={notify.isPending} onClick={send}>
        {t('consent.notify.send')}
      </Button>
    </section>
  )
}
