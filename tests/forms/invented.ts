import type { ChoiceList, FormDefinition, FormNode, Question } from '#platform/forms/definition.ts'

/** Forms made up for specs, in one language, each node with the row it would stand in. */
export function inventedForm(body: readonly FormNode[], lists: readonly ChoiceList[] = []): FormDefinition {
  let row = 1
  const place = (node: FormNode): FormNode => {
    const at = { sheet: 'survey', row: ++row }
    return node.kind === 'question' ? { ...node, at } : { ...node, at, children: node.children.map(place) }
  }
  return {
    id: 'invented',
    version: '1',
    title: { en: 'Invented', es: 'Inventado' },
    languages: ['en', 'es'],
    defaultLanguage: 'en',
    lists,
    body: body.map(place),
  }
}

export const ask = (name: string, type: Question['type'], more: Partial<Question> = {}): Question => ({
  kind: 'question',
  name,
  type,
  ...more,
})

export const work = (name: string, calculation: string): Question => ask(name, 'calculate', { calculation })

export const group = (name: string, children: readonly FormNode[], more: object = {}): FormNode => ({
  kind: 'group',
  name,
  children,
  ...more,
})

export const repeat = (name: string, children: readonly FormNode[], more: object = {}): FormNode => ({
  kind: 'repeat',
  name,
  children,
  ...more,
})

/** Choices whose names begin with their region. */
export const towns: ChoiceList = {
  name: 'towns',
  choices: ['a1', 'a2', 'b1'].map(name => ({ name, label: { en: name.toUpperCase() }, columns: { region: name[0]! } })),
}
export const yesNo: ChoiceList = {
  name: 'yes_no',
  choices: [
    { name: 'yes', label: { en: 'Yes', es: 'Sí' }, columns: {} },
    { name: 'no', label: { en: 'No', es: 'No' }, columns: {} },
  ],
}
