import type { Texts } from '#platform/forms/definition.ts'
import { template } from '#platform/forms/texts.ts'
import type { ChoiceView, QuestionView, ViewNode } from '#platform/forms/view.ts'
import type { Interview } from './interview.ts'
import { nodeAt, questionNamed } from './paths.ts'

/** A text in the person's language and, where it is another one, in the officer's own beside it. */
export interface Said {
  readonly text: string
  readonly lang: string | undefined
  readonly beside: string | null
  readonly besideLang: string | undefined
}

/** What a language is to the browser; the columns without one have none. */
export const tagOf = (language: string): string | undefined => (language === 'default' ? undefined : language)

/** The form's language that somebody reads who reads `lang`. */
export const languageFor = (languages: readonly string[], lang: string): string | undefined =>
  languages.find(one => one === lang) ?? languages.find(one => one.split('-')[0] === lang)

/** A language by its own name. */
export function ownName(language: string): string | undefined {
  const tag = tagOf(language)
  if (!tag) return undefined
  try {
    const name = new Intl.DisplayNames([tag], { type: 'language' }).of(tag)
    return name && name.charAt(0).toLocaleUpperCase(tag) + name.slice(1)
  } catch {
    // A column's own word for its language.
    return language
  }
}

/** Texts of one interview as somebody reads them whose app is in `officer`. */
export function speaker(interview: Interview, officer: string) {
  const { definition, session } = interview
  const own = languageFor(definition.languages, officer)
  const lang = tagOf(session.language)
  const besideOf = (texts: Texts | undefined, shown: string, path: string): string | null => {
    if (!own || own === session.language) return null
    const text = texts?.[own]
    if (!text) return null
    const filled = template(text)
      ?.map(piece => (typeof piece === 'string' ? piece : valueText(questionNamed(session.view(), piece.name, path))))
      .join('')
    return (filled ?? text) === shown ? null : (filled ?? text)
  }
  const say = (text: string | null, texts: Texts | undefined, path: string): Said | null =>
    text === null ? null : { text, lang, beside: besideOf(texts, text, path), besideLang: own && tagOf(own) }
  return {
    label: (view: ViewNode): Said | null => say(view.label, nodeAt(definition, view.path)?.label, view.path),
    hint: (view: ViewNode): Said | null => say(view.hint, nodeAt(definition, view.path)?.hint, view.path),
    /** File name of a recording in the very language shown: another language's is never played in its place. */
    recording(view: ViewNode): string | undefined {
      const files = nodeAt(definition, view.path)?.media?.audio
      return files?.[session.language] ?? files?.default
    },
    choice(view: QuestionView, choice: ChoiceView): Said | null {
      const list = definition.lists.find(one => one.name === view.question.choices?.list)
      return say(choice.label, list?.choices.find(one => one.name === choice.name)?.label, view.path)
    },
    /** The title in the officer's language: it names the page, not the person's question. */
    title: (): string => {
      const { title, defaultLanguage, languages } = definition
      return title[own ?? ''] ?? title[defaultLanguage] ?? title[languages[0] ?? ''] ?? definition.id
    },
  }
}

const valueText = (view: QuestionView | undefined): string => {
  const value = view?.value
  return value === null || value === undefined ? '…' : Array.isArray(value) ? value.join(' ') : String(value)
}
