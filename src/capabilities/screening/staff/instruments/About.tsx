import { languageName } from '#platform/country/names.ts'
import { Card } from '#ui/Card.tsx'
import { Summary } from '#ui/Summary.tsx'
import { useWords } from '#ui/words-context.tsx'
import type { Instrument } from '../../instrument.ts'
import { namesOf } from './names.ts'
import { ValidityTag } from './tags.tsx'

/** What is known of an instrument, as its authors wrote it. */
export function About({ instrument: { form, about } }: { instrument: Instrument }) {
  const words = useWords()
  const { t } = words
  const { say } = namesOf(form, words.lang)
  const read = (mark: string) => t(`screening.instruments.verified.${mark}`)
  return (
    <Card title={t('screening.instruments.about')}>
      <Summary
        rows={[
          { term: t('screening.instruments.layer'), value: t(`screening.instruments.layer.${about.layer}`) },
          { term: t('screening.instruments.sector'), value: t(`screening.instruments.sector.${about.sector}`) },
          { term: t('screening.instruments.person'), value: t(`screening.instruments.person.${about.person}`) },
          {
            term: t('screening.instruments.who'),
            value: words.list(about.whoMayUse.map(role => t(`role.${role}`))),
          },
          {
            term: t('screening.instruments.training'),
            value: t(about.trainingNeeded ? 'screening.instruments.training.yes' : 'screening.instruments.training.no'),
          },
          {
            term: t('screening.instruments.languages'),
            value: words.list(form.languages.map(one => languageName(one, words.lang))),
          },
          {
            term: t('screening.instruments.source'),
            value: (
              <>
                <p>{about.source}</p>
                <p className="note">{read(about.verified)}</p>
              </>
            ),
          },
          { term: t('screening.instruments.licence'), value: about.licence },
          {
            term: t('screening.instruments.validity'),
            value: (
              <>
                <p>
                  <ValidityTag row={about} />
                </p>
                <p>{say(about.validity.statement)}</p>
                <p className="note">
                  {about.validity.source} · {read(about.validity.verified)}
                </p>
              </>
            ),
          },
        ]}
      />
    </Card>
  )
}
