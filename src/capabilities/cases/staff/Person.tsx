import { Link } from '@tanstack/react-router'
import { useNames } from '#capabilities/directory/staff/parts.tsx'
import { Card } from '#ui/Card.tsx'
import { Summary } from '#ui/Summary.tsx'
import { useWords } from '#ui/words-context.tsx'
import type { Identity } from '../contract.ts'

/** Who the person is, as far as they said and as far as the reader may see. */
export function Person({
  identity,
  change,
}: {
  identity: Identity | undefined
  /** The case, where the reader may change who the person is. */
  change?: string | undefined
}) {
  const words = useWords()
  const { t } = words
  const names = useNames()
  const { givenName, familyName, knownAs, birthDate, age, sex, nationality, language, phone, safeToCall, document } =
    identity ?? {}
  const known = identity !== undefined && Object.keys(identity).length > 0
  return (
    <Card
      title={t('case.person')}
      aside={
        change && (
          <Link to="/cases/$case/identity" params={{ case: change } as never}>
            {t('case.identity.change')}
          </Link>
        )
      }
    >
      {identity === undefined && <p>{t('case.closed-to-you')}</p>}
      {identity !== undefined && !known && <p>{t('case.person.nothing')}</p>}
      {known && (
        <Summary
          rows={[
            { term: t('case.person.given'), value: givenName },
            { term: t('case.person.family'), value: familyName },
            { term: t('case.person.known-as'), value: knownAs },
            { term: t('case.person.age'), value: age },
            { term: t('case.person.birth'), value: birthDate && words.date(birthDate, 'long') },
            { term: t('case.person.sex'), value: sex && t(`sex.${sex}`) },
            { term: t('case.person.nationality'), value: nationality && names.nationality(nationality) },
            { term: t('case.person.language'), value: language && names.language(language) },
            { term: t('case.person.phone'), value: phone },
            { term: t('case.person.call'), value: safeToCall && t(`safe-to-call.${safeToCall}`) },
            { term: t('case.person.document'), value: document },
          ].filter(row => row.value !== undefined && row.value !== '')}
        />
      )}
    </Card>
  )
}
