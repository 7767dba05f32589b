import { FormFlaw } from '#platform/forms/flaw.ts'
import { toXForm } from '#platform/forms/xform/xform.ts'
import { exportXlsForm } from '#platform/forms/xlsform/export.ts'
import { importXlsForm } from '#platform/forms/xlsform/import.ts'
import { archive, inlineRow, type Rows, spreadsheet, surveyParts } from '../tests/harness/sheets.ts'

/** Prints how long sheets take to import, and what memory the largest refused one costs. Goal: 1,000 questions in 2 s. */
function sheet(questions: number): Record<string, Rows> {
  const survey: (string | null)[][] = [['type', 'name', 'label::en', 'label::es', 'relevant', 'constraint', 'required']]
  for (let index = 0; index < questions; index++) {
    const before = index % 10 === 0 ? null : `\${q${index - 1}} != '' and not(selected(\${q${index - 1}}, 'c3'))`
    const type = ['text', 'integer', 'select_one list', 'select_multiple list', 'date'][index % 5]!
    survey.push([
      type,
      `q${index}`,
      `Question ${index}?`,
      `¿Pregunta ${index}?`,
      before,
      index % 5 === 1 ? '. >= 0 and . < 100' : null,
      'yes',
    ])
  }
  const choices = Array.from({ length: 200 }, (_, index) => ['list', `c${index}`, `Choice ${index}`, `Opción ${index}`])
  return { survey, choices: [['list_name', 'name', 'label::en', 'label::es'], ...choices] }
}

const round = (ms: number): string => `${ms.toFixed(0)} ms`
const peak = (): string => `${(process.memoryUsage().rss / 1e6).toFixed(0)} MB resident`

async function timed<T>(what: string, work: () => Promise<T> | T): Promise<T> {
  const before = performance.now()
  const result = await work()
  console.log(`${what}: ${round(performance.now() - before)}, ${peak()}`)
  return result
}

async function refusal(bytes: Uint8Array): Promise<string> {
  try {
    await importXlsForm(bytes)
    return 'imported'
  } catch (error) {
    return error instanceof FormFlaw ? error.flaws[0].code : String(error)
  }
}

const thousand = await spreadsheet(sheet(1_000))
console.log(`1,000 questions, 2 languages, 200 choices: ${(thousand.length / 1e3).toFixed(0)} kB`)
await timed('first import', () => importXlsForm(thousand))
const { definition } = await timed('second import', () => importXlsForm(thousand))
await timed('export', () => exportXlsForm(definition))
await timed('XForm', () => toXForm(definition))
const most = await spreadsheet(sheet(4_900))
await timed('4,900 questions', () => importXlsForm(most))
const row = inlineRow('text', 'q', 'a')
const huge = archive(surveyParts(inlineRow('type', 'name', 'label') + row.repeat(100_000)))
console.log(`100,000 questions: ${await timed(`${(huge.length / 1e3).toFixed(0)} kB`, () => refusal(huge))}`)
const bomb = archive(surveyParts(inlineRow('type', 'name') + ' '.repeat(49_000_000)))
console.log(`a bomb within the limit: ${await timed(`${(bomb.length / 1e3).toFixed(0)} kB`, () => refusal(bomb))}`)
