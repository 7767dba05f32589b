import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { Answer } from '#platform/contract/client.ts'
import { useCommand } from '#staff/api.ts'
import { useSession } from '#staff/session.ts'
import { Banner } from '#ui/Banner.tsx'
import { Button } from '#ui/Button.tsx'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import { ErrorSummary } from '#ui/ErrorSummary.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { type Lasting, lasting, mayLast, visits, watchedAnswers } from '../contract.ts'
import { MadeCode } from './MadeCode.tsx'

/** First whether somebody could look; then how long; then the digits, this once. */
export default function MakeCode() {
  const { case: caseId } = useParams({ strict: false }) as { case: string }
  const { t } = useWords()
  const { role } = useSession()
  const make = useCommand(visits.makeCode, [visits.ofCase.id])
  const errors = useFormErrors()
  const [watched, setWatched] = useState<(typeof watchedAnswers)[number] | ''>('')
  const [lasts, setLasts] = useState<Lasting | ''>('')
  const [made, setMade] = useState<Answer<typeof visits.makeCode>>()
  const send = () => {
    const missing = (
      [
        ['watched', watched],
        ['lasts', lasts],
      ] as const
    ).filter(([, value]) => value === '')
    if (watched === '' || lasts === '') {
      errors.set(
        missing.map(([field]) => ({
          field,
          message: t(field === 'watched' ? 'visit.make.needed' : 'visit.make.needed-lasts'),
        })),
      )
      return
    }
    make.mutate(
      { params: { case: caseId }, body: { watched, lasts } },
      {
        onSuccess: answer => {
          errors.clear()
          setMade(answer)
        },
        onError: errors.take,
      },
    )
  }
  return (
    <div className="stack visit-make">
      <PageHeader
        title={t(made ? 'visit.made.title' : 'visit.make.title')}
        above={
          role === 'officer' ? (
            <Link to="/">{t('visit.make.back')}</Link>
          ) : (
            <Link to="/cases/$case" params={{ case: caseId }} search={{ tab: 'own' } as never}>
              {t('visit.make.back')}
            </Link>
          )
        }
      >
        {!made && t('visit.make.lead')}
      </PageHeader>
      {made ? (
        <MadeCode caseId={caseId} made={made} />
      ) : (
        <>
          <ErrorSummary errors={errors.errors} />
          <ChoiceGroup
            kind="radio"
            name="watched"
            label={t('visit.make.watched')}
            value={watched}
            error={errors.of('watched')}
            onChange={value => {
              const answer = value as typeof watched
              errors.set(errors.errors.filter(one => one.field !== 'watched'))
              setWatched(answer)
              if (answer !== '' && lasts !== '' && !mayLast(answer, lasts)) setLasts('')
            }}
            options={watchedAnswers.map(one => ({ value: one, label: t(`visit.make.watched.${one}`) }))}
          />
          {watched !== '' && watched !== 'no' && <Banner tone="warning">{t('visit.make.watched.advice')}</Banner>}
          <ChoiceGroup
            kind="radio"
            name="lasts"
            label={t('visit.make.lasts')}
            value={lasts}
            error={errors.of('lasts')}
            onChange={value => {
              errors.set(errors.errors.filter(one => one.field !== 'lasts'))
              setLasts(value as Lasting)
            }}
            options={lasting
              .filter(one => watched === '' || mayLast(watched, one))
              .map(one => ({ value: one, label: t(`visit.make.lasts.${one}`) }))}
          />
          <div className="actions">
            <Button busy={make.isPending} onClick={send}>
              {t('visit.make.do')}
            </Button>
          </div>
        </>
      )}
    </div>
  )
}
