import { Summary } from '#ui/Summary.tsx'
import { useWords } from '#ui/words-context.tsx'
import type { Screening } from '../contract.ts'
import type { Used } from '../contract-filled.ts'
import { Findings } from './instruments/Findings.tsx'
import { answersIn, namesIn } from './instruments/names.ts'
import './instruments/instruments.css'

/** Which card or questions, in which version where it is known. */
function useTitle(): (used: Used) => string {
  const { t, lang } = useWords()
  return ({ instrument, version, words }) => {
    const title = namesIn(words, lang).say(words.title) || instrument
    return version === null ? title : t('screening.used', { title, version })
  }
}

/** Signs that were marked, and what else was noticed where this reader may open it. */
export function Signs({ found: { card, signs } }: { found: Pick<Screening, 'card' | 'signs'> }) {
  const { t, lang } = useWords()
  const titleOf = useTitle()
  if (!card) return null
  const names = namesIn(card.words, lang)
  const questions = Object.keys(card.words.choices)
  const signName = (sign: string) =>
    questions.map(question => names.answer(question, sign)).find(name => name !== sign) ?? sign
  const written = answersIn(card.told?.answers ?? {}).filter(([name]) => !questions.includes(name))
  return (
    <>
      {signs.length > 0 && (
        <ul className="plain-list">
          {signs.map(sign => (
            <li key={sign}>{signName(sign)}</li>
          ))}
        </ul>
      )}
      {written.map(([name, values]) => (
        <p key={name} className="told">
          {values.map(value => names.answer(name, value)).join(', ')}
        </p>
      ))}
      {signs.length + written.length === 0 && <p>{t('screening.used.no-signs')}</p>}
      <p className="note">{titleOf(card)}</p>
    </>
  )
}

/** What the person answered; not saying and not being asked are answers of their own. */
export function Asked({ found: { shortScreen, answers } }: { found: Pick<Screening, 'shortScreen' | 'answers'> }) {
  const words = useWords()
  const { t } = words
  const titleOf = useTitle()
  if (!shortScreen) return <p>{t('screening.done.answers.none')}</p>
  const names = namesIn(shortScreen.words, words.lang)
  const own = new Set(['not-asked', 'not-said', 'unknown'])
  const textOf = (question: string, code: string) => {
    const text = names.answer(question, code)
    return text === code && own.has(code) ? t(`screening.asked.${code}`) : text
  }
  // The words come in the order of the form.
  const order = Object.keys(shortScreen.words.questions)
  const given = Object.entries(answers)
    .filter(([, answer]) => answer !== 'not-asked')
    .sort(([a], [b]) => order.indexOf(a) - order.indexOf(b))
  const left = Object.keys(answers).length - given.length
  // Written or counted, and so outside the codes.
  const more = answersIn(shortScreen.told?.answers ?? {}).filter(([name]) => !Object.hasOwn(answers, name))
  return (
    <>
      <Summary
        questions
        rows={[...given.map(([name, answer]) => [name, [answer].flat()] as const), ...more].map(([name, values]) => ({
          term: names.question(name),
          value: words.list(values.map(value => textOf(name, String(value)))),
        }))}
      />
      {left > 0 && <p className="note">{t('screening.used.left-out', { count: left })}</p>}
      <p className="note">{titleOf(shortScreen)}</p>
    </>
  )
}

/** How the rules of the card and of the questions read: which answers, which rule, what would change it. */
export function Readings({ found, level = 3 }: { found: Pick<Screening, 'card' | 'shortScreen'>; level?: 3 | 4 }) {
  const { t, lang } = useWords()
  const titleOf = useTitle()
  const read = [found.shortScreen, found.card].filter(used => used?.told && used.told.readings.length > 0) as Used[]
  if (read.length === 0) return null
  return (
    <>
      {read.map(used => (
        <div key={used.instrument} className="stack-close reading">
          <p className="note">{titleOf(used)}</p>
          <Findings readings={used.told!.readings} names={namesIn(used.words, lang)} level={level} calm />
        </div>
      ))}
      <p className="note">{t('screening.used.closes-nothing')}</p>
    </>
  )
}
