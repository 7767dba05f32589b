import type { Flaw } from '#platform/forms/definition.ts'
import type { Row } from '#platform/forms/xlsform/workbook.ts'
import type { About } from '../../instrument.ts'
import { Sheet } from './sheet.ts'

const fields = [
  'layer',
  'sector',
  'person',
  'who_may_use',
  'training_needed',
  'source',
  'verified',
  'licence',
  'validity',
  'validity_statement',
  'validity_source',
  'validity_verified',
] as const

/** What is known of the instrument: the sheet `about`, headers in its first row and values in its second. */
export function aboutFrom(rows: readonly Row[], language: string, flaws: Flaw[]): About | undefined {
  const sheet = new Sheet({ name: 'about', rows }, fields, ['validity_statement'], language, flaws)
  const [line, more] = sheet.rows
  if (!line) {
    flaws.push({ code: 'sheet-missing', detail: 'about' })
    return undefined
  }
  if (more) more.refuse('about-row', 'layer')
  const training = line.text('training_needed').toLowerCase()
  if (!['yes', 'no', 'true', 'false'].includes(training)) line.refuse('instrument-choice', 'training_needed', training)
  // The check of the whole instrument says what is none of the words that may stand here.
  return {
    layer: line.text('layer') as About['layer'],
    sector: line.text('sector') as About['sector'],
    person: line.text('person') as About['person'],
    whoMayUse: line.names('who_may_use') as About['whoMayUse'],
    trainingNeeded: training === 'yes' || training === 'true',
    source: line.text('source'),
    verified: line.text('verified') as About['verified'],
    licence: line.text('licence'),
    validity: {
      status: line.text('validity') as About['validity']['status'],
      statement: line.texts('validity_statement'),
      source: line.text('validity_source'),
      verified: line.text('validity_verified') as About['verified'],
    },
  }
}

export function aboutLines({ validity, ...about }: About): readonly ReadonlyMap<string, string>[] {
  const line = new Map([
    ['layer', about.layer as string],
    ['sector', about.sector],
    ['person', about.person],
    ['who_may_use', about.whoMayUse.join(' ')],
    ['training_needed', about.trainingNeeded ? 'yes' : 'no'],
    ['source', about.source],
    ['verified', about.verified],
    ['licence', about.licence],
    ['validity', validity.status],
  ])
  for (const [language, text] of Object.entries(validity.statement)) line.set(`validity_statement::${language}`, text)
  return [line.set('validity_source', validity.source).set('validity_verified', validity.verified)]
}
