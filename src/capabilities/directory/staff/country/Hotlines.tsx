import { dial } from '#platform/country/dial.ts'
import { weekday } from '#platform/words/weekday.ts'
import { Tag } from '#ui/Tag.tsx'
import { useWords } from '#ui/words-context.tsx'
import type { Country, Hotline } from '../../contract.ts'
import { textIn } from './use-country.ts'
import './country.css'

/** The country's numbers as links a thumb can press; those for danger first. */
export function Hotlines({ country, only }: { country: Country; only?: (line: Hotline) => boolean }) {
  const words = useWords()
  const { t, lang } = words
  const lines = country.hotlines.filter(only ?? (() => true))
  if (lines.length === 0) return <p>{t('country.numbers.none')}</p>
  const hours = ({ hours }: Hotline) =>
    hours === null
      ? t('country.hours.always')
      : t('country.hours.some', {
          days: words.list(hours.days.map(day => weekday(day, lang))),
          from: hours.from,
          to: hours.to,
        })
  return (
    <ul className="hotlines">
      {lines.map(line => (
        <li key={line.code}>
          <a className={line.kind === 'emergency' ? 'hotline hotline-danger' : 'hotline'} href={dial(line.number)}>
            <span className="hotline-name">{textIn(line.names, lang)}</span>
            <span className="hotline-number" dir="ltr">
              {line.number}
            </span>
          </a>
          <p className="hotline-about">
            {hours(line)}
            {line.free && <Tag tone="good">{t('country.free')}</Tag>}
          </p>
        </li>
      ))}
    </ul>
  )
}
