import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import type { ChoiceList, FormNode } from '#platform/forms/definition.ts'
import { FormFlaw } from '#platform/forms/flaw.ts'
import { importXlsForm } from '#platform/forms/xlsform/import.ts'
import { corpus, withoutCorpora } from './corpora.ts'
import { Beside, type Seen } from './forms/beside.ts'
import { ask, group, inventedForm, repeat, towns, work, yesNo } from './forms/invented.ts'
import { Random } from './forms/random.ts'
import { FormMaker } from './forms/random-form.ts'

const full = process.env.SAMAAN_FULL === '1'
const size = full
  ? { sheets: 6, sheetSteps: 40, forms: 800, steps: 12 }
  : { sheets: 1, sheetSteps: 30, forms: 120, steps: 9 }

/** What was tried in all, printed for bench/proofs.md. */
const figures = { forms: 0, answers: 0, verdicts: 0, odkGaveUp: 0 }

async function same(name: string, beside: Beside, random: Random, steps: number): Promise<void> {
  const done: string[] = []
  for (let step = 0; step <= steps; step++) {
    if (step > 0) done.push(beside.step(random))
    const found = beside.differences()
    assert.deepEqual(found, [], `${name} after ${JSON.stringify(done)}`)
  }
  figures.forms++
  figures.answers += beside.answered
  figures.verdicts += beside.compared
}

describe('public sheets, filled in beside ODK’s own engine', { skip: withoutCorpora }, () => {
  const sheets = withoutCorpora
    ? []
    : [
        ...readdirSync(corpus('xlsform/sheets'))
          .filter(file => file.endsWith('.xlsx'))
          .map(file => [`xlsform/sheets/${file}`, `xlsform/expected/${file.replace('.xlsx', '.xml')}`] as const),
        ['htcds/htcds_xlsform.xlsx', 'htcds/htcds_xform.xml'] as const,
      ]
  for (const [sheet, expected] of sheets) {
    test(sheet, async () => {
      let definition: Awaited<ReturnType<typeof importXlsForm>>['definition']
      try {
        definition = (await importXlsForm(readFileSync(corpus(sheet)))).definition
      } catch (error) {
        // tests/forms-corpora.spec.ts says which are refused, and why.
        assert.ok(error instanceof FormFlaw)
        return
      }
      for (let seed = 1; seed <= size.sheets; seed++) {
        const own = await Beside.begin(definition)
        await same(`${sheet}, our XForm, seed ${seed}`, own, new Random(seed), size.sheetSteps)
        assert.ok(own.compared > 0)
        let xform: string
        try {
          xform = readFileSync(corpus(expected), 'utf8')
        } catch {
          continue
        }
        // Where texts are missing, pyxform writes a dash and we the text of another language.
        const theirs = await Beside.begin(definition, xform, { labels: false })
        await same(`${sheet}, pyxform's XForm, seed ${seed}`, theirs, new Random(seed), size.sheetSteps)
      }
    })
  }
})

describe('invented forms, filled in beside ODK’s own engine', () => {
  test('every verdict is the same after every step', async () => {
    let tried = 0
    let refused = 0
    for (let seed = 1; tried < size.forms; seed++) {
      const random = new Random(seed)
      const definition = new FormMaker(random).make()
      let beside: Beside
      try {
        beside = await Beside.begin(definition)
      } catch (error) {
        if (!(error instanceof FormFlaw)) throw error
        refused++
        continue
      }
      tried++
      try {
        await same(`seed ${seed}`, beside, random, size.steps)
      } catch (error) {
        // Counts inside counted rows send its updates round in a circle, which it stops with a bare Error.
        if (!(error instanceof Error) || error.constructor !== Error || !/xforms-engine/.test(error.stack ?? ''))
          throw error
        figures.odkGaveUp++
      }
    }
    assert.ok(refused < tried / 4, `${refused} forms were refused`)
    assert.ok(figures.odkGaveUp <= tried / 100, `ODK's engine gave up on ${figures.odkGaveUp} forms`)
    console.log(
      `${figures.forms} fillings, ${figures.answers} answers and rows, ${figures.verdicts} verdicts, all the same; ` +
        `ODK's engine gave up on ${figures.odkGaveUp}`,
    )
  })
})

interface Exception {
  /** Why we do not do as ODK's engine does. */
  readonly why: string
  readonly body: readonly FormNode[]
  readonly lists?: readonly ChoiceList[]
  /** What is done before looking; both sides. */
  readonly steps?: (beside: Beside) => void
  readonly at: string
  readonly look: keyof Seen
  readonly ours: unknown
  readonly odk: unknown
}

const set = (beside: Beside, path: string, ours: unknown, theirs: unknown = ours) => {
  beside.session.set(path, ours)
  beside.node(path).setValue(theirs)
}

/** Every case in which we and ODK's engine 0.22.0 differ and mean to; each proves that they do. */
const exceptions: Readonly<Record<string, Exception>> = {
  'truth as text': {
    why: 'XPath 1.0 §3.4: `and` and `or` give true or false; ODK gives the text of a side.',
    body: [ask('a', 'text', { default: 'x' }), work('it', "concat(${a} and ${a}, '')")],
    at: 'it',
    look: 'value',
    ours: 'true',
    odk: 'x',
  },
  'Sunday by name': {
    why: 'ODK XForms, format-date: %a is the short name of the day; ODK has none for Sunday.',
    body: [work('it', "format-date('2026-11-22', '%a')")],
    at: 'it',
    look: 'value',
    ours: 'Sun',
    odk: null,
  },
  'after several letters': {
    why: 'XPath 1.0 §4.2: substring-after gives what follows the whole of the second text; ODK skips one letter.',
    body: [work('it', "substring-after('abcd', 'bc')")],
    at: 'it',
    look: 'value',
    ours: 'd',
    odk: 'cd',
  },
  'a range that goes down': {
    why: 'ODK XForms, range: start may be above end; ODK then takes no answer at all.',
    body: [ask('it', 'range', { range: { start: 10, end: 0, step: 5 } })],
    steps: beside => set(beside, 'it', 5, 5n),
    at: 'it',
    look: 'value',
    ours: 5,
    odk: null,
  },
  'a hidden file': {
    why: 'ODK XForms, relevant: what is not relevant is blank for others; ODK goes on giving the name of a file.',
    body: [ask('a', 'text'), ask('f', 'image', { relevant: "${a} = ''" }), work('it', "concat('[', ${f}, ']')")],
    steps: beside => {
      set(beside, 'f', 'x.png', new File(['x'], 'x.png'))
      set(beside, 'a', 'hide')
    },
    at: 'it',
    look: 'value',
    ours: '[]',
    odk: '[x.png]',
  },
  'a default that is not offered': {
    why: 'ODK shows such a select as blank and yet takes its required as met until something changes.',
    body: [
      ask('region', 'text'),
      ask('it', 'select-one', {
        choices: { list: 'towns', filter: 'region = ${region}' },
        default: 'a1',
        required: 'true()',
      }),
    ],
    at: 'it',
    look: 'refused',
    ours: 'required',
    odk: null,
  },
  'a default and a calculation': {
    why: 'Defaults come before the first calculation (getodk/xforms-spec, issue 250), which so has the last word.',
    body: [ask('it', 'text', { default: "concat('the', ' default')", calculation: "'calculated'" })],
    at: 'it',
    look: 'value',
    ours: 'calculated',
    odk: 'the default',
  },
  'a default that looks ahead': {
    why: 'In ODK a default sees calculations above it and not those below; we let it see both.',
    body: [ask('it', 'text', { default: "concat(${c}, '!')" }), work('c', "'c'")],
    at: 'it',
    look: 'value',
    ours: 'c!',
    odk: '!',
  },
  'a default that is shown by a calculation': {
    why: 'As above: in ODK it is lost, as the question is still hidden when its default is worked out.',
    body: [ask('it', 'text', { default: "concat('x', 'y')", relevant: "${c} = 'c'" }), work('c', "'c'")],
    at: 'it',
    look: 'value',
    ours: 'xy',
    odk: null,
  },
  'rows counted too early': {
    why: 'In ODK a count sees the default that a calculation then takes away, and a blank count leaves rows as they are.',
    body: [
      ask('n', 'integer', { default: '2', calculation: "''" }),
      repeat('r', [ask('x', 'text')], { count: '${n}' }),
      work('it', 'count(${r})'),
    ],
    at: 'it',
    look: 'value',
    ours: '0',
    odk: '2',
  },
  'triggers in rows that move up': {
    why: 'ODK binds a trigger to the number that its row has at first; once a row before goes, nothing happens.',
    body: [repeat('r', [ask('t', 'text'), ask('it', 'text', { trigger: ['t'], calculation: "concat('now ', ${t})" })])],
    steps: beside => {
      beside.session.addRow('r')
      beside.node('r').addInstances()
      beside.session.removeRow('r', 1)
      beside.node('r').removeInstances(0)
      set(beside, 'r[1]/t', 'x')
    },
    at: 'r[1]/it',
    look: 'value',
    ours: 'now x',
    odk: null,
  },
  'words as a seed': {
    why: 'ODK XForms, randomize: a seed is a number. What words give is each program’s own, and ODK’s needs SHA-256.',
    body: [ask('it', 'select-one', { choices: { list: 'towns', randomize: { seed: "'words'" } } })],
    at: 'it',
    look: 'choices',
    ours: ['a1', 'a2', 'b1'],
    odk: ['b1', 'a1', 'a2'],
  },
  'more rows than there may be': {
    why: 'We stop at 500 rows of one repeat and say so.',
    body: [
      ask('n', 'integer'),
      group('g', [repeat('r', [ask('x', 'text')], { count: '${n}' })]),
      work('it', 'count(${r})'),
    ],
    steps: beside => set(beside, 'n', 501, 501n),
    at: 'it',
    look: 'value',
    ours: '500',
    odk: '501',
  },
}

describe('where we differ from ODK’s engine and mean to', () => {
  for (const [name, { why, body, lists, steps, at, look, ours, odk }] of Object.entries(exceptions)) {
    test(name, async () => {
      const beside = await Beside.begin(inventedForm(body, lists ?? [towns, yesNo]))
      steps?.(beside)
      const found = beside.differences().find(({ path }) => path === at)
      assert.ok(found, `no difference any more: ${why}`)
      assert.deepEqual([found.ours?.[look], found.odk?.[look]], [ours, odk], why)
    })
  }
})
