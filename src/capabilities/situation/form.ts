/** What the environment of victim care is held against. */
export const standards = [
  'accommodation',
  'health',
  'psychosocial',
  'legal',
  'child',
  'interpretation',
  'safety',
  'data_protection',
  'staff',
  'day_and_night',
] as const
export type Standard = (typeof standards)[number]

export const saids = ['yes', 'partly', 'no', 'na'] as const
export type Said = (typeof saids)[number]

/** Text by language code. */
export type Both = { readonly en: string; readonly es: string }

/** One question of a form: `asks` is put to the assessor, `topic` is what is missing where the answer is not yes. */
export interface Asked {
  readonly name: string
  /** How much it counts, 1 to 3. */
  readonly weight: 1 | 2 | 3
  readonly asks: Both
  readonly topic: Both
}
/** The questions of each standard, in one version. */
export interface AssessmentForm {
  readonly version: string
  readonly title: Both
  readonly standards: Readonly<Record<Standard, readonly Asked[]>>
}

export const asked = (name: string, weight: Asked['weight'], asks: Both, topic: Both): Asked => ({
  name,
  weight,
  asks,
  topic,
})

/** Each question with its standard, in the order of the form. */
export const questionsOf = (form: AssessmentForm): readonly (Asked & { readonly standard: Standard })[] =>
  standards.flatMap(standard => form.standards[standard].map(one => ({ ...one, standard })))
