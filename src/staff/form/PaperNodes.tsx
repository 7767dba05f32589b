import type { ReactNode } from 'react'
import type { FormNode, Question, Texts } from '#platform/forms/definition.ts'
import { inLanguage, template } from '#platform/forms/texts.ts'
import { conditionInWords, type Numbered } from './conditions.ts'

type About = Parameters<typeof conditionInWords>[1]

/** Choices more than these stand in a list at the end of the paper. */
export const listedAtEnd = 24

interface Paper {
  readonly about: About
  readonly numbers: ReadonlyMap<Question, Numbered>
}

/** The text of a form for paper; an answer that it would show is named by its question's number. */
function paperText(texts: Texts | undefined, { definition, language, numbered, words }: About): string | null {
  const text = inLanguage(texts, language, definition.defaultLanguage)
  const pieces = text === null ? undefined : template(text)
  if (!pieces) return text
  const named = (name: string) => {
    const number = numbered.get(name)?.number
    return number === undefined ? '…' : words.t('form.print.answer-of', { number })
  }
  return pieces.map(piece => (typeof piece === 'string' ? piece : named(piece.name))).join('')
}

const never = new Set(['calculate', 'hidden', 'meta'])
/** Nobody writes what only the form itself can fill in. */
export const onPaper = ({ type, readOnly }: Question): boolean => !never.has(type) && (type === 'note' || !readOnly)

export function PaperNodes({
  nodes,
  level,
  ...paper
}: Paper & { nodes: readonly FormNode[]; level: number }): ReactNode {
  const { about } = paper
  const { t } = about.words
  return nodes.map(node => {
    const text = paperText(node.label, about)
    if (node.kind === 'question') {
      return onPaper(node) ? <PaperQuestion key={node.name} question={node} text={text} {...paper} /> : null
    }
    const Heading = `h${Math.min(level, 6)}` as 'h2'
    return (
      <section key={node.name} className="paper-part">
        {text && (
          <Heading lang={about.language} dir="auto">
            {text}
          </Heading>
        )}
        <Condition node={node} about={about} />
        {paperText(node.hint, about) && <p className="paper-small">{paperText(node.hint, about)}</p>}
        {node.kind === 'repeat' && <p className="paper-note">{t('form.print.copy')}</p>}
        <PaperNodes nodes={node.children} level={text ? level + 1 : level} {...paper} />
      </section>
    )
  })
}

function Condition({ node, about }: { node: FormNode; about: About }) {
  const { t } = about.words
  const said = conditionInWords(node.relevant, about)
  if (said === null) return null
  return (
    <p className="paper-note">{said ? t('form.print.only-if', { what: said }) : t('form.print.only-if-called-for')}</p>
  )
}

function PaperQuestion({ question, text, about, numbers }: Paper & { question: Question; text: string | null }) {
  const { t } = about.words
  const number = numbers.get(question)?.number
  const hint = paperText(question.hint, about)
  return (
    <div className="paper-question">
      <p className="paper-label">
        {number !== undefined && <span className="paper-number">{number}</span>}
        <span lang={about.language} dir="auto">
          {text ?? question.name}
        </span>
      </p>
      <Condition node={question} about={about} />
      {hint && (
        <p className="paper-small" lang={about.language} dir="auto">
          {hint}
        </p>
      )}
      {question.appearance?.split(/\s+/).includes('not-said') && <p className="paper-choice">{t('form.not-said')}</p>}
      <Space question={question} about={about} />
    </div>
  )
}

/** Where the answer is written. */
function Space({ question, about }: { question: Question; about: About }) {
  const { t, number } = about.words
  const { definition } = about
  switch (question.type) {
    case 'note':
      return null
    case 'select-one':
    case 'select-multiple':
    case 'rank': {
      const list = definition.lists.find(one => one.name === question.choices?.list)
      const choices = list?.choices ?? []
      if (choices.length > listedAtEnd || choices.length === 0)
        return (
          <>
            <p className="paper-note">{t('form.print.from-list', { list: list?.name ?? '' })}</p>
            <Lines count={question.type === 'select-one' ? 1 : 2} />
          </>
        )
      const ends = new Set(choices.map(one => one.name))
      return (
        <>
          <p className="paper-note">{t(`form.print.how.${question.type}`)}</p>
          <ul className="paper-choices">
            {choices.map(choice => (
              <li key={choice.name} className="paper-choice" lang={about.language} dir="auto">
                {paperText(choice.label, about) ?? choice.name}
              </li>
            ))}
            {question.choices?.orOther && !ends.has('other') && (
              <li className="paper-choice paper-other">{t('form.other')}</li>
            )}
          </ul>
        </>
      )
    }
    case 'range': {
      const { start, end } = question.range ?? { start: 0, end: 10 }
      return (
        <>
          <p className="paper-note">
            {t('form.print.from-to', { least: number(Math.min(start, end)), most: number(Math.max(start, end)) })}
          </p>
          <Boxes count={6} />
        </>
      )
    }
    case 'acknowledge':
      return <p className="paper-choice">{t('form.acknowledge')}</p>
    case 'integer':
    case 'decimal':
      return <Boxes count={10} />
    case 'date':
    case 'time':
    case 'datetime':
      return (
        <p className="paper-date">
          {question.type !== 'time' && (
            <>
              <span>{t('ui.date.day')}</span> <span>{t('ui.date.month')}</span> <span>{t('ui.date.year')}</span>
            </>
          )}
          {question.type !== 'date' && <span>{t('form.print.time')}</span>}
        </p>
      )
    case 'image':
    case 'audio':
    case 'video':
    case 'file':
      return (
        <p className="paper-note">
          {['image', 'video'].includes(question.type) && `${t('form.file.no-people')} `}
          {t('form.print.file')}
        </p>
      )
    case 'text':
      return <Lines count={question.appearance?.includes('multiline') ? 6 : 1} />
    default:
      return <Lines count={1} />
  }
}

const lines = ['a', 'b', 'c', 'd', 'e', 'f']
const Lines = ({ count }: { count: number }) =>
  lines.slice(0, count).map(line => <div key={line} className="paper-line" />)
const Boxes = ({ count }: { count: number }) => (
  <div className="paper-boxes">
    {[...'abcdefghij'].slice(0, count).map(box => (
      <span key={box} />
    ))}
  </div>
)
