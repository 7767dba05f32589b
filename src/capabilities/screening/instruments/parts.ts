import type { Choice, ChoiceList, FormNode, Group, Question, Repeat, Texts } from '#platform/forms/definition.ts'

/** Short ways to write the shipped forms down. They make plain data and add nothing to it. */

/** English and Spanish; a shipped text always has both. */
export type Both = Texts & { readonly en: string; readonly es: string }

/** Which interview; both have the same names, so that answers go with the person from one to the other. */
export type Person = 'adult' | 'child'

type More = Partial<Pick<Question, 'hint' | 'relevant' | 'appearance' | 'constraint' | 'constraintMessage'>>

export const languages = ['en', 'es'] as const

export const ask = (name: string, type: Question['type'], label: Both, more: More = {}): Question => ({
  kind: 'question',
  name,
  type,
  label,
  ...more,
})

export const chooseOne = (name: string, list: string, label: Both, more: More = {}): Question => ({
  ...ask(name, 'select-one', label, more),
  choices: { list },
})

export const chooseMany = (name: string, list: string, label: Both, more: More = {}): Question => ({
  ...ask(name, 'select-multiple', label, more),
  choices: { list },
})

/** Yes, no, does not know, prefers not to say. */
export const yesNo = (name: string, label: Both, more: More = {}): Question => chooseOne(name, 'yes-no', label, more)

/** For the longer telling; typed or dictated, or left unsaid. */
export const tell = (name: string, label: Both, more: More = {}): Question =>
  ask(name, 'text', label, { appearance: 'multiline not-said', ...more })

export const group = (name: string, label: Both, children: readonly FormNode[], relevant?: string): Group => ({
  kind: 'group',
  name,
  label,
  children,
  ...(relevant && { relevant }),
})

export const repeat = (name: string, label: Both, children: readonly FormNode[], appearance: string): Repeat => ({
  kind: 'repeat',
  name,
  label,
  children,
  appearance,
})

/** @param labels name of the choice → text */
export const choiceList = (name: string, labels: Readonly<Record<string, Both>>): ChoiceList => ({
  name,
  choices: Object.entries(labels).map(([choice, label]): Choice => ({ name: choice, label, columns: {} })),
})

const unknown: Both = { en: 'Does not know', es: 'No sabe' }
const notSaid: Both = { en: 'Prefers not to say', es: 'Prefiere no decirlo' }

/** Not knowing and not wanting to say are answers of their own, the last two of every list that is asked. */
export const orNone = { unknown, 'not-said': notSaid }

export const yesNoList = choiceList('yes-no', { yes: { en: 'Yes', es: 'Sí' }, no: { en: 'No', es: 'No' }, ...orNone })

/** Relevance: the answer is one of these. */
export const is = (name: string, ...answers: readonly string[]): string =>
  answers.map(answer => `\${${name}} = '${answer}'`).join(' or ')

/** Relevance: the answer is none of these; no answer yet is none of them either. */
export const isNot = (name: string, ...answers: readonly string[]): string =>
  answers.map(answer => `\${${name}} != '${answer}'`).join(' and ')

/** Details are asked only where the question before them gave a reason to. */
export const after = (name: string): string => is(name, 'yes', 'unknown')

/** Nothing is asked of a person who is not ready. */
export const whenReady = isNot('ready', 'no')
