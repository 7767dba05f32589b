import type { FormDefinition, Group, Question } from '#platform/forms/definition.ts'
import { type AssessmentForm, type Both, type Said, type Standard, saids, standards } from './form.ts'

/** What the standards and the answers are called, wherever they are shown. */
export const standardNames: Readonly<Record<Standard, Both>> = {
  accommodation: { en: 'Accommodation', es: 'Alojamiento' },
  health: { en: 'Health', es: 'Salud' },
  psychosocial: { en: 'Emotional support', es: 'Apoyo emocional' },
  legal: { en: 'Legal advice', es: 'Orientación legal' },
  child: { en: 'Children', es: 'Niñas y niños' },
  interpretation: { en: 'Interpretation', es: 'Interpretación' },
  safety: { en: 'Safety', es: 'Seguridad' },
  data_protection: { en: 'Data protection', es: 'Protección de datos' },
  staff: { en: 'Staff', es: 'Personal' },
  day_and_night: { en: 'Day and night', es: 'Día y noche' },
}
export const saidNames: Readonly<Record<Said, Both>> = {
  yes: { en: 'Yes', es: 'Sí' },
  partly: { en: 'Partly', es: 'En parte' },
  no: { en: 'No', es: 'No' },
  na: { en: 'Does not apply here', es: 'No se aplica aquí' },
}
const missing: Both = { en: 'What is missing?', es: '¿Qué falta?' }
const missingHint: Both = {
  en: 'In a sentence or two. Name nobody, and no place where people stay.',
  es: 'En una o dos frases. No nombre a nadie ni ningún lugar donde se alojen personas.',
}

/** Where the reason of an answer stands in the form. */
export const reasonOf = (question: string): string => `${question}_why`

/** An assessment as the form engine fills it in: a page for each standard, and a reason wherever something is missing. */
export function definitionOf(code: string, { version, title, standards: asked }: AssessmentForm): FormDefinition {
  return {
    id: `situation-${code}`,
    version,
    title,
    languages: ['en', 'es'],
    defaultLanguage: 'en',
    lists: [{ name: 'said', choices: saids.map(name => ({ name, label: saidNames[name], columns: {} })) }],
    body: standards.map(
      (standard): Group => ({
        kind: 'group',
        name: standard,
        label: standardNames[standard],
        children: asked[standard].flatMap(({ name, asks }): Question[] => [
          {
            kind: 'question',
            type: 'select-one',
            name,
            label: asks,
            required: 'true()',
            choices: { list: 'said' },
          },
          {
            kind: 'question',
            type: 'text',
            name: reasonOf(name),
            label: missing,
            hint: missingHint,
            appearance: 'multiline',
            relevant: `\${${name}} = 'partly' or \${${name}} = 'no'`,
            required: 'true()',
            constraint: 'string-length(.) <= 1000',
          },
        ]),
      }),
    ),
  }
}
