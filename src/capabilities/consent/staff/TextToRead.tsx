import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useCountry } from '#capabilities/directory/staff/parts.tsx'
import {
  createWords,
  type LanguageCode,
  languageOf,
  languages,
  type Values,
  type Words,
} from '#platform/words/words.ts'
import { Banner } from '#ui/Banner.tsx'
import { Loading } from '#ui/Loading.tsx'
import { Problem } from '#ui/Problem.tsx'
import { Tag } from '#ui/Tag.tsx'
import { fetchMessages, useWords } from '#ui/words-context.tsx'
import type { textVersions } from '../contract.ts'
import './consent.css'

/** What is said before a yes is taken back is read like the others; the record of it cites what the person agreed to. */
type ReadText = (typeof textVersions)[number] | 'withdrawing-1'
const paragraphs: Record<ReadText, readonly number[]> = {
  'limits-1': [1, 2, 3, 4, 5, 6, 7],
  'sharing-1': [1, 2, 3, 4, 5, 6],
  'withdrawing-1': [1, 2, 3],
}

/** What a text names; a list is joined in the language that is read, not in the officer's. */
type Named = (words: Words) => Values

/**
 * A text that is read to the person, in their language where we have it and not only in the officer's. A language
 * whose text nobody has signed shows it in a demonstration, marked, and otherwise not at all.
 * @param spoken ISO 639 code of the language spoken with the person
 */
export function TextToRead({ version, spoken, values }: { version: ReadText; spoken: string; values?: Named }) {
  const words = useWords()
  const country = useCountry()
  const [chosen, setChosen] = useState<LanguageCode>()
  const lang = chosen ?? languageOf(spoken)?.code ?? words.lang
  const text = useQuery({
    queryKey: ['words-to-read', lang],
    queryFn: async () => createWords(lang, await fetchMessages(lang), { strict: false }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (country.isPending || text.isPending) return <Loading lines={8} />
  if (country.isError) return <Problem error={country.error} onRetry={() => void country.refetch()} />
  if (text.isError) return <Problem error={text.error} onRetry={() => void text.refetch()} />
  const standing = country.data.standing.consent[lang] ?? 'withheld'
  return (
    <section className="to-read" aria-label={words.t('consent.read.aloud')}>
      <fieldset className="to-read-languages">
        <legend className="hidden-visually">{words.t('consent.read.language')}</legend>
        {languages.map(({ code, name }) => (
          <label key={code} lang={code}>
            <input type="radio" name="to-read" value={code} checked={code === lang} onChange={() => setChosen(code)} />
            <span>{name}</span>
          </label>
        ))}
      </fieldset>
      {standing === 'withheld' ? (
        <Banner tone="warning">{words.t('consent.read.withheld')}</Banner>
      ) : (
        <blockquote lang={lang}>
          {paragraphs[version].map(n => (
            <p key={n}>{text.data.t(`consent.text.${version}.${n}`, values?.(text.data))}</p>
          ))}
        </blockquote>
      )}
      {standing === 'demonstration' && <Tag tone="warning">{words.t('consent.read.demonstration')}</Tag>}
    </section>
  )
}
