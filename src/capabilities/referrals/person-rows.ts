import type { Identity } from '#capabilities/cases/contract.ts'
import { countryName, languageName, otherLanguage, stateless } from '#platform/country/names.ts'
import type { Words } from '#platform/words/words.ts'

/** Who the person is, as far as they said, term by term. For pages and sheets that are made on the server. */
export function personRows(identity: Identity, { t, date, lang }: Words): [term: string, value: string][] {
  const { birthDate, sex, safeToCall, language, nationality } = identity
  const rows: [string, string | undefined][] = [
    ['given', identity.givenName],
    ['family', identity.familyName],
    ['known-as', identity.knownAs],
    ['age', identity.age === undefined ? undefined : String(identity.age)],
    ['birth', birthDate && date(birthDate, 'long')],
    ['sex', sex && t(`sex.${sex}`)],
    [
      'nationality',
      nationality && (nationality === stateless ? t('ui.nationality.none') : countryName(nationality, lang)),
    ],
    ['language', language && (language === otherLanguage ? t('ui.language.other') : languageName(language, lang))],
    ['phone', identity.phone],
    ['call', safeToCall && t(`safe-to-call.${safeToCall}`)],
    ['document', identity.document],
  ]
  return rows.flatMap(([term, value]) => (value ? [[t(`case.person.${term}`), value] as [string, string]] : []))
}
