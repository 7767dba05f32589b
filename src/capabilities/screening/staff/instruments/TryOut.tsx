import { useEffect, useState } from 'react'
import { FormRunner } from '#staff/form/FormRunner.tsx'
import type { Interview } from '#staff/form/interview.ts'
import { openInterview } from '#staff/form/open-interview.ts'
import { Banner } from '#ui/Banner.tsx'
import { Button } from '#ui/Button.tsx'
import { Loading } from '#ui/Loading.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { Problem } from '#ui/Problem.tsx'
import { useWords } from '#ui/words-context.tsx'
import type { Instrument } from '../../instrument.ts'
import { type Finding, readRules } from '../../rules-reading.ts'
import { Findings } from './Findings.tsx'
import { namesOf } from './names.ts'

/** An instrument as it would be asked, and how its rules would read the answers. Nothing of it leaves the page. */
export function TryOut({ instrument: { form, rules }, onBack }: { instrument: Instrument; onBack: () => void }) {
  const { t, lang } = useWords()
  const [interview, setInterview] = useState<Interview>()
  const [failed, setFailed] = useState<unknown>()
  const [readings, setReadings] = useState<readonly Finding[]>()
  const [round, setRound] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another round begins anew; another language does not
  useEffect(() => {
    let wanted = true
    setInterview(undefined)
    setReadings(undefined)
    openInterview(form, { language: lang }).then(
      found => wanted && setInterview(found),
      error => wanted && setFailed(error),
    )
    return () => {
      wanted = false
    }
  }, [form, round])
  const note = <Banner tone="info">{t('screening.try.note')}</Banner>
  if (failed !== undefined)
    return (
      <>
        <Problem error={failed} />
        <Button variant="secondary" onClick={onBack}>
          {t('ui.back')}
        </Button>
      </>
    )
  if (!interview) return <Loading lines={6} />
  if (readings)
    return (
      <div className="stack">
        <PageHeader title={t('screening.try.read')} />
        {note}
        <Findings readings={readings} names={namesOf(form, lang)} level={2} />
        <div className="actions">
          <Button onClick={onBack}>{t('screening.try.back')}</Button>
          <Button variant="secondary" onClick={() => setRound(round + 1)}>
            {t('screening.try.again')}
          </Button>
        </div>
      </div>
    )
  return (
    <>
      {!interview.away && <div className="try-note">{note}</div>}
      <FormRunner
        interview={interview}
        finishLabel={t('screening.try.finish')}
        onFinish={({ answers, declined }) => setReadings(readRules(rules, answers, declined))}
        onOut={onBack}
        onDelete={onBack}
      />
    </>
  )
}
