/** Prints what one keystroke costs in a form of 1,000 questions: `node bench/forms.ts [questions]`. */
import { compile } from '../src/platform/forms/compile.ts'
import type { FormDefinition, FormNode } from '../src/platform/forms/definition.ts'
import { begin, type Session } from '../src/platform/forms/session.ts'

const size = Number(process.argv[2] ?? 1000)

/** Each question is shown by the one before it; every fifth is a calculation over others; one sum over all. */
function chained(): FormNode[] {
  return Array.from({ length: size }, (_, index): FormNode => {
    const base = { kind: 'question', name: `q${index}`, label: { en: `Question ${index}` } } as const
    if (index === 0) return { ...base, type: 'integer' }
    if (index % 5 === 4) {
      return {
        ...base,
        type: 'calculate',
        calculation: `coalesce(\${q${index - 1}}, 0) + coalesce(\${q${index - 2}}, 0)`,
      }
    }
    return {
      ...base,
      type: 'integer',
      relevant: `\${q0} > 3 and string-length(\${q${index - 1}}) >= 0`,
      constraint: '. >= 0 and . < 1000',
      required: `\${q0} = 5`,
    }
  })
}

/** 500 rows, each with a calculation of its own, and totals over all. */
const rows: FormNode[] = [
  {
    kind: 'repeat',
    name: 'row',
    children: [
      { kind: 'question', name: 'amount', type: 'decimal' },
      { kind: 'question', name: 'price', type: 'decimal' },
      { kind: 'question', name: 'cost', type: 'calculate', calculation: '${amount} * ${price}' },
      { kind: 'question', name: 'share', type: 'calculate', calculation: '${amount} div sum(/data/row/amount)' },
    ],
  },
  { kind: 'question', name: 'total', type: 'calculate', calculation: 'sum(${cost})' },
]

const form = (body: FormNode[]): FormDefinition => ({
  id: 'bench',
  version: '1',
  title: { en: 'Bench' },
  languages: ['en'],
  defaultLanguage: 'en',
  lists: [],
  body,
})

const time = (work: () => void) => {
  const start = performance.now()
  work()
  return performance.now() - start
}

function keystrokes(
  name: string,
  session: Session,
  path: string,
  values: readonly number[],
  look: (s: Session) => void,
) {
  const all: number[] = []
  const used = process.cpuUsage()
  for (let round = 0; round < 100; round++) {
    all.push(
      time(() => {
        session.set(path, values[round % values.length])
        look(session)
      }),
    )
  }
  const { user, system } = process.cpuUsage(used)
  const cpu = (user + system) / 1000 / all.length
  const first = all[0]!
  all.sort((a, b) => a - b)
  const print = (ms: number) => ms.toFixed(2).padStart(7)
  console.log(
    `${name.padEnd(58)} first ${print(first)}  p50 ${print(all[50]!)}  p99 ${print(all[98]!)}  CPU ${print(cpu)} ms`,
  )
}

let session!: Session
const definition = form(chained())
let program = compile(definition)
console.log(`compile ${size} questions: ${time(() => (program = compile(definition))).toFixed(1)} ms`)
console.log(`begin: ${time(() => (session = begin(program))).toFixed(1)} ms`)
session.set('q0', 9)
for (let index = 1; index < size; index++) session.set(`q${index}`, index % 900)
session.view()
const nothing = () => {}
const middle = `q${Math.floor(size / 2)}`
keystrokes('one answer, all others stay shown', session, middle, [1, 2], nothing)
keystrokes('one answer, with the view', session, middle, [1, 2], each => each.view())
keystrokes('the first answer, which shows or hides all', session, 'q0', [1, 9], nothing)
keystrokes('the first answer, with the view', session, 'q0', [1, 9], each => each.view())
keystrokes('the first answer, with problems and answers', session, 'q0', [5, 9], each => [
  each.problems(),
  each.answers(),
])
const grown = begin(compile(form(rows)))
while (grown.addRow('row')) grown.set('row[1]/price', 1)
for (let row = 1; row <= 500; row++) grown.set(`row[${row}]/amount`, row)
keystrokes('one of 500 rows that share a sum', grown, 'row[250]/amount', [1, 2], nothing)
