import type { ChoiceList, Place, Question, Texts } from '../definition.ts'

/** XLSForm knows these two words in English only; the two languages of this program get their own. */
const words: Readonly<Record<string, { readonly other: string; readonly which: string }>> = {
  en: { other: 'Other', which: 'Please specify' },
  es: { other: 'Otro', which: 'Por favor, especifique' },
}
const wordsOf = (language: string) => words[language.slice(0, 2)] ?? words.en!

/** The list with the choice that `or_other` adds, unless it has one of that name. */
export const withOther = (list: ChoiceList, languages: readonly string[]): ChoiceList =>
  list.choices.some(choice => choice.name === 'other')
    ? list
    : { ...list, choices: [...list.choices, { name: 'other', label: inAll(languages, 'other'), columns: {} }] }

const inAll = (languages: readonly string[], word: 'other' | 'which'): Texts =>
  Object.fromEntries(languages.map(language => [language, wordsOf(language)[word]]))

/** The question that `or_other` puts after its own. */
export const otherQuestion = (name: string, languages: readonly string[], at?: Place): Question => ({
  kind: 'question',
  type: 'text',
  name: `${name}_other`,
  label: inAll(languages, 'which'),
  relevant: `selected(../${name}, 'other')`,
  ...(at ? { at } : {}),
})
