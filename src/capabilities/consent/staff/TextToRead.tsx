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
import type { TextVersion } from '../contract.ts'
import { Picture, picturesOf } from './pictures.tsx'
import { ReadingButtons } from './ReadingButtons.tsx'
import { useReading } from './use-reading.ts'
import './consent.css'

/** What a text names; a list is joined in the language that is read, not in the officer's. */
type Named = (words: Words) => Values

/** The words of one language, also of one that the page does not speak. */
export const useWordsOf = (lang: LanguageCode) =>
  useQuery({
    queryKey: ['words-to-read', lang],
    queryFn: async () => createWords(lang, await fetchMessages(lang), { strict: false }),
    staleTime: Number.POSITIVE_INFINITY,
  })

/**
 * A text that is read to the person, in their language where we have it and not only in the officer's: by the officer,
 * or aloud by this device; each paragraph with a picture. A language whose text nobody has signed shows it in a
 * demonstration, marked, and otherwise not at all.
 * @param spoken ISO 639 code of the language spoken with the person
 */
export function TextToRead({ version, spoken, values }: { version: TextVersion; spoken: string; values?: Named }) {
  const words = useWords()
  const country = useCountry()
  const [chosen, setChosen] = useState<LanguageCode>()
  const lang = chosen ?? languageOf(spoken)?.code ?? words.lang
  const text = useWordsOf(lang)
  if (country.isPending || text.isPending) return <Loading lines={8} />
  if (country.isError) return <Problem error={country.error} onRetry={() => void country.refetch()} />
  if (text.isError) return <Problem error={text.error} onRetry={() => void text.refetch()} />
  const standing = country.data.standing.consent[lang] ?? 'withheld'
  const said = values?.(text.data)
  return (
    <section className="to-read" aria-label={words.t('consent.read.aloud')}>
      <LanguageChoice label={words.t('consent.read.language')} name="to-read" value={lang} onChange={setChosen} />
      {standing === 'withheld' ? (
        <Banner tone="warning">{words.t('consent.read.withheld')}</Banner>
      ) : (
        <Paragraphs
          key={lang}
          lang={lang}
          version={version}
          texts={picturesOf[version].map((_, n) => text.data.t(`consent.text.${version}.${n + 1}`, said))}
        />
      )}
      {standing === 'demonstration' && <Tag tone="warning">{words.t('consent.read.demonstration')}</Tag>}
    </section>
  )
}

/** Where the buttons at the foot of the page do not cover it. */
const intoSight = (line: HTMLElement | null) => line?.scrollIntoView({ block: 'center' })

/** Silent as soon as it is drawn no more, and when it is drawn in another language. */
function Paragraphs({ lang, version, texts }: { lang: LanguageCode; version: TextVersion; texts: readonly string[] }) {
  const { voice, reading, reader } = useReading(texts, lang)
  const at = reading.state === 'silent' ? undefined : reading.at
  return (
    <>
      <ReadingButtons voice={voice} lang={lang} reading={reading} reader={reader} />
      <blockquote lang={lang}>
        {texts.map((text, n) => (
          <div
            key={text}
            ref={n === at ? intoSight : undefined}
            className="to-read-line"
            data-read={n === at || undefined}
          >
            <Picture name={picturesOf[version][n]!} />
            <p>{text}</p>
          </div>
        ))}
      </blockquote>
    </>
  )
}

/** The languages there are words in, each by its own name. */
export function LanguageChoice({
  label,
  name,
  value,
  onChange,
}: {
  label: string
  name: string
  value: LanguageCode
  onChange: (lang: LanguageCode) => void
}) {
  return (
    <fieldset className="to-read-languages">
      <legend className="hidden-visually">{label}</legend>
      {languages.map(one => (
        <label key={one.code} lang={one.code}>
          <input
            type="radio"
            name={name}
            value={one.code}
            checked={one.code === value}
            onChange={() => onChange(one.code)}
          />
          <span>{one.name}</span>
        </label>
      ))}
    </fieldset>
  )
}
