import { type FormDefinition, type FormNode, limits, type Question } from '#platform/forms/definition.ts'
import { inLanguage } from '#platform/forms/texts.ts'
import { Button } from '#ui/Button.tsx'
import { useDocumentTitle } from '#ui/PageHeader.tsx'
import { useWords } from '#ui/words-context.tsx'
import type { Numbered } from './conditions.ts'
import { listedAtEnd, onPaper, PaperNodes } from './PaperNodes.tsx'
import { ownName } from './said.ts'
import './form-print.css'

export interface FormPrintProps {
  readonly definition: FormDefinition
  /** Of the questions; what is said to whoever writes is in the app's own. */
  readonly language: string
  /** Written above the title: whose form it is. */
  readonly organisation?: string | undefined
  readonly onBack?: (() => void) | undefined
}

/** A form as paper: boxes to tick, lines to write on, and in words when a question is not asked. */
export function FormPrint({ definition, language, organisation, onBack }: FormPrintProps) {
  const words = useWords()
  const { t } = words
  const say = (texts: Parameters<typeof inLanguage>[0]) => inLanguage(texts, language, definition.defaultLanguage)
  const title = say(definition.title) ?? definition.id
  useDocumentTitle(title)
  const numbered = numberQuestions(definition.body)
  const named = new Map([...numbered.values()].map(one => [one.question.name, one]))
  const long = definition.lists.filter(
    list =>
      list.choices.length > listedAtEnd &&
      [...numbered.keys()].some(question => question.choices?.list === list.name && question.type !== 'rank'),
  )
  const about = { definition, language, numbered: named, words }
  return (
    <article className="paper-form">
      <div className="actions paper-screen">
        <Button onClick={() => window.print()}>{t('form.print.print')}</Button>
        {onBack && (
          <Button variant="quiet" onClick={onBack}>
            {t('ui.back')}
          </Button>
        )}
      </div>
      <header className="paper-head">
        {organisation && <p>{organisation}</p>}
        <h1 lang={language} dir="auto">
          {title}
        </h1>
        <p className="paper-small">
          {t('form.print.about', {
            id: definition.id,
            version: definition.version,
            language: ownName(language) ?? language,
          })}
        </p>
        <p className="paper-small">{t('form.print.typed-in')}</p>
        <dl className="paper-blanks">
          {(['reference', 'date', 'time', 'place', 'author', 'signature'] as const).map(blank => (
            <div key={blank}>
              <dt>{t(`form.print.${blank}`)}</dt>
              <dd />
            </div>
          ))}
        </dl>
        <p className="paper-small">{t('form.print.free')}</p>
      </header>
      <PaperNodes nodes={definition.body} level={2} about={about} numbers={numbered} />
      {long.map(list => (
        <section key={list.name} className="paper-list">
          <h2>{t('form.print.list', { list: list.name })}</h2>
          <ul>
            {list.choices.slice(0, limits.choices).map(choice => (
              <li key={choice.name} lang={language} dir="auto">
                {say(choice.label) ?? choice.name}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </article>
  )
}

function numberQuestions(body: readonly FormNode[]): ReadonlyMap<Question, Numbered> {
  const found = new Map<Question, Numbered>()
  const walk = (nodes: readonly FormNode[]) => {
    for (const node of nodes) {
      if (node.kind !== 'question') walk(node.children)
      else if (node.type !== 'note' && onPaper(node)) found.set(node, { number: found.size + 1, question: node })
    }
  }
  walk(body)
  return found
}
