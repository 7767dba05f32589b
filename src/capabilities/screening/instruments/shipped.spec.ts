import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { compile } from '#platform/forms/compile.ts'
import type { Choice, FormNode, Group, Question, Texts } from '#platform/forms/definition.ts'
import { begin, type Session } from '#platform/forms/session.ts'
import { exportXlsForm } from '#platform/forms/xlsform/export.ts'
import { importXlsForm } from '#platform/forms/xlsform/import.ts'
import { roles } from '#platform/policy/roles.ts'
import { dimensions, getProfile } from '../indicators.ts'
import type { Instrument } from '../instrument.ts'
import type { Condition } from '../rules.ts'
import { adultInterview, childInterview } from './interview.ts'
import { shippedInstruments } from './shipped.ts'

const everyNode = (nodes: readonly FormNode[]): FormNode[] =>
  nodes.flatMap(node => (node.kind === 'question' ? [node] : [node, ...everyNode(node.children)]))
const questionsOf = ({ form }: Instrument): Question[] => everyNode(form.body).filter(node => node.kind === 'question')
const choicesOf = ({ form }: Instrument): Choice[] => form.lists.flatMap(list => list.choices)
const named = (instrument: Instrument, name: string): Question => {
  const found = questionsOf(instrument).filter(question => question.name === name)
  assert.equal(found.length, 1, `${instrument.form.id}: ${name}`)
  return found[0]!
}
const answersTo = (instrument: Instrument, question: Question): string[] =>
  instrument.form.lists.find(list => list.name === question.choices?.list)?.choices.map(({ name }) => name) ?? []

/** Labels of the form, and all its other texts with those of the rules and of `about`. */
function textsOf(instrument: Instrument): { labels: Texts[]; all: Texts[] } {
  const nodes = everyNode(instrument.form.body)
  const labels = [instrument.form.title, ...[...nodes, ...choicesOf(instrument)].map(({ label }) => label!)]
  const questions = questionsOf(instrument)
  const more = [
    ...questions.flatMap(question => [question.hint, question.constraintMessage]),
    ...instrument.rules.flatMap(rule => [rule.label, rule.advice]),
    instrument.about.validity.statement,
  ].filter(texts => texts !== undefined)
  return { labels, all: [...labels, ...more] }
}

const byId = new Map(shippedInstruments.map(instrument => [instrument.form.id, instrument]))
const isCard = ({ about }: Instrument) => about.layer === 'card'

describe('every shipped instrument', () => {
  it('is there once: five cards, a short screen, an interview for adults and one for children', () => {
    assert.equal(byId.size, 8)
    assert.deepEqual(
      shippedInstruments
        .filter(isCard)
        .map(({ about }) => about.sector)
        .sort(),
      ['border', 'health', 'labour', 'police', 'school'],
    )
  })

  for (const [id, instrument] of byId) {
    it(`${id} compiles without a flaw`, () => assert.doesNotThrow(() => compile(instrument.form)))

    it(`${id} comes back unchanged from a spreadsheet`, async () => {
      const { definition } = await importXlsForm(await exportXlsForm(instrument.form))
      const withoutRows = JSON.parse(JSON.stringify(definition, (key, value) => (key === 'at' ? undefined : value)))
      assert.deepEqual(withoutRows, instrument.form)
    })

    it(`${id} has every text in English and in Spanish`, () => {
      for (const texts of textsOf(instrument).all) {
        assert.deepEqual(Object.keys(texts), ['en', 'es'], JSON.stringify(texts))
        for (const text of Object.values(texts)) assert.ok(text && text === text.trim(), JSON.stringify(texts))
        if (texts.en !== 'No') assert.notEqual(texts.en, texts.es)
      }
    })

    it(`${id} has labels of at most 200 characters`, () => {
      for (const texts of textsOf(instrument).labels)
        for (const text of Object.values(texts)) assert.ok(text.length <= 200, text)
    })

    it(`${id} has names that a spreadsheet can hold, each once`, () => {
      const nodes = everyNode(instrument.form.body).map(({ name }) => name)
      assert.equal(new Set(nodes).size, nodes.length)
      for (const { name, choices } of instrument.form.lists) {
        assert.equal(new Set(choices.map(choice => choice.name)).size, choices.length, name)
        assert.ok(
          questionsOf(instrument).some(question => question.choices?.list === name),
          `${name} is used`,
        )
      }
      const names = [
        ...nodes,
        ...instrument.form.lists.map(({ name }) => name),
        ...choicesOf(instrument).map(({ name }) => name),
      ]
      for (const name of names) assert.match(name, /^[a-z_][a-z0-9._-]*$/i)
    })

    it(`${id} lets every question be left out, and every question put to the person be declined`, () => {
      for (const question of questionsOf(instrument)) {
        assert.equal(question.required, undefined, question.name)
        const answers = answersTo(instrument, question)
        if (question.choices?.list === 'yes-no') assert.deepEqual(answers, ['yes', 'no', 'unknown', 'not-said'])
      }
    })

    it(`${id} has rules that cite questions, choices and rules that exist, in no circle`, () => {
      const codes = instrument.rules.map(({ code }) => code)
      assert.equal(new Set(codes).size, codes.length)
      for (const [index, rule] of instrument.rules.entries()) check(rule.when, new Set(codes.slice(0, index)))
      function check(when: Condition, earlier: ReadonlySet<string>): void {
        if ('rules' in when) {
          assert.ok(when.rules.length > 0)
          // A rule that cites only rules before it cannot be part of a circle.
          for (const code of when.rules) assert.ok(earlier.has(code), code)
        } else if (when.kind === 'chosen') {
          const question = named(instrument, when.question)
          assert.equal(question.type, 'select-multiple')
          const answers = answersTo(instrument, question)
          assert.ok(when.choices.length > 0)
          for (const choice of when.choices) assert.ok(answers.includes(choice), choice)
        } else if (when.kind === 'number') {
          assert.match(named(instrument, when.question).type, /integer|decimal|range/)
        } else {
          const cited = when.kind === 'dimension' ? [...when.strong, ...when.medium, ...when.weak] : when.questions
          assert.ok(cited.length > 0)
          for (const name of cited) {
            const answers = answersTo(instrument, named(instrument, name))
            for (const answer of when.answers) assert.ok(answers.includes(answer), `${name} ${answer}`)
          }
        }
      }
    })

    it(`${id} adds nothing up`, () => {
      assert.ok(questionsOf(instrument).every(({ type }) => type !== 'calculate' && type !== 'hidden'))
      assert.doesNotMatch(JSON.stringify(instrument.form), /\b(sum|count|count-selected)\(/)
      assert.ok(instrument.rules.every(({ when }) => when.kind !== 'number'))
    })

    it(`${id} uses no word that names a status, judges or blames`, () => {
      const forbidden =
        /victim|víctima|prostitu|\bpimp|proxenet|illegal|\bilegal|traffickers?\b|tratante|\bslave|esclav|\braid|redada|\balien|suspect|sospechos|\brape|violaci|\bdenied\b|\bclaims?\b/i
      for (const texts of textsOf(instrument).all)
        for (const text of Object.values(texts)) assert.doesNotMatch(text, forbidden)
    })

    it(`${id} says in Spanish what the screens say: derivar, and “usted”`, () => {
      for (const { es } of textsOf(instrument).all)
        assert.doesNotMatch(es!, /\bremit|\bremisi|forzoso|\bt[uú]s?\b|\b(puedes|quieres|tienes)\b/i)
    })

    it(`${id} says where it comes from, what is known of it and who may use it`, () => {
      const { about, rules } = instrument
      assert.equal(about.validity.status, 'not-validated')
      assert.ok(about.source && about.licence && about.validity.source && about.whoMayUse.length > 0)
      assert.match(about.validity.statement.en!, /mean(s)?: talk further( if it is safe,)? and offer help/)
      assert.match(about.validity.statement.es!, /siga conversando( si es seguro)? y ofrezca ayuda/)
      for (const role of about.whoMayUse) assert.ok(roles.includes(role))
      for (const rule of rules) assert.equal(rule.signedOff, null)
    })
  }
})

describe('what is used in the field', () => {
  const field = shippedInstruments.filter(({ about }) => about.layer !== 'interview')
  it('has ten to twelve signs on each card, and one rule: any of them', () => {
    for (const card of field.filter(isCard)) {
      const signs = answersTo(card, named(card, 'signs'))
      assert.ok(signs.length >= 10 && signs.length <= 12, card.form.id)
      assert.deepEqual(
        card.rules.map(({ when }) => when),
        [{ kind: 'chosen', count: 1, question: 'signs', choices: signs }],
      )
      for (const sign of choicesOf(card)) assert.doesNotMatch(Object.values(sign.label).join(), /[?¿]/)
    }
  })

  it('asks about nothing sexual and about no violence done', () => {
    for (const instrument of field)
      for (const { label, hint } of [
        ...everyNode(instrument.form.body),
        ...choicesOf(instrument).map(each => ({ ...each, hint: {} })),
      ])
        assert.doesNotMatch(JSON.stringify([label, hint]), /\bsex|violen|\bhit\b|beat|\brape|golpe|abus/i)
  })

  it('reads any yes of the short screen as talking further, and says of each question why and that it may be skipped', () => {
    const screen = byId.get('short-screen')!
    const asked = questionsOf(screen).filter(({ type }) => type === 'select-one')
    assert.equal(asked.length, 8)
    assert.deepEqual(
      screen.rules.map(({ code, when }) => [code, when]),
      [['talk-further', { kind: 'at-least', count: 1, questions: asked.map(({ name }) => name), answers: ['yes'] }]],
    )
    assert.equal(screen.about.person, 'adult')
    for (const { hint } of asked) {
      assert.match(hint!.en!, /^Asked .*Skipping is fine\.$/)
      assert.match(hint!.es!, /^Se pregunta .*Se puede omitir\.$/)
    }
  })
})

describe('the interview', () => {
  const interviews = [
    ['an adult', 'adult-labour', adultInterview],
    ['a child', 'child-labour', childInterview],
  ] as const
  /** Paths of all yes-no questions as they can be reached, answered in order so that what follows appears. */
  function reach(instrument: Instrument, answer: (question: Question) => string | undefined): Set<string> {
    const session: Session = begin(compile(instrument.form), { timeZone: 'UTC' })
    const reached = new Set<string>()
    for (const group of instrument.form.body as readonly Group[])
      for (const node of group.children) {
        if (node.kind !== 'question') continue
        const path = `${group.name}/${node.name}`
        if (!session.viewAt(group.name).relevant || !session.viewAt(path).relevant) continue
        reached.add(node.name)
        const given = answer(node)
        if (given) session.set(path, given)
      }
    return reached
  }

  for (const [person, profile, instrument] of interviews) {
    const { indicators, verified } = getProfile(profile)

    it(`for ${person} cites every indicator once, in the rule of its dimension and with its weight`, () => {
      const cited = instrument.rules.flatMap(({ code, when }) =>
        when.kind === 'dimension'
          ? (['strong', 'medium', 'weak'] as const).flatMap(weight =>
              when[weight].map(name => ({ code: name, dimension: code, weight })),
            )
          : [],
      )
      const plain = indicators.map(({ code, dimension, weight }) => ({ code, dimension, weight }))
      const sorted = <T extends { code: string }>(list: readonly T[]) =>
        list.toSorted((a, b) => (a.code < b.code ? -1 : 1))
      assert.deepEqual(sorted(cited), sorted(plain))
      for (const dimension of dimensions)
        assert.equal(instrument.rules.find(({ code }) => code === dimension)?.verified, verified)
    })

    it(`for ${person} reaches every indicator, and asks for none that is not in the profile`, () => {
      const reached = reach(instrument, ({ name, choices }) =>
        name === 'moved' ? 'abroad' : choices?.list === 'yes-no' ? 'yes' : undefined,
      )
      for (const { code } of indicators) assert.ok(reached.has(code), code)
      const all = new Set(
        [...getProfile('adult-labour').indicators, ...getProfile('child-labour').indicators].map(({ code }) => code),
      )
      for (const name of reached)
        if (all.has(name))
          assert.ok(
            indicators.some(({ code }) => code === name),
            name,
          )
    })

    it(`for ${person} does not go into what the person denied, left out or would not say`, () => {
      for (const answer of ['no', 'not-said', undefined]) {
        const reached = reach(instrument, ({ name, choices }) =>
          choices?.list === 'yes-no' && name !== 'ready' ? answer : undefined,
        )
        assert.deepEqual(
          indicators.map(({ code }) => code).filter(code => reached.has(code)),
          ['exploited-living', 'exploited-no-education'],
        )
      }
    })

    it(`for ${person} ends with the first page where the person is not ready`, () => {
      const reached = reach(instrument, ({ name }) => (name === 'ready' ? 'no' : undefined))
      const [first] = instrument.form.body as readonly Group[]
      for (const name of reached)
        assert.ok(
          first!.children.some(node => node.name === name),
          name,
        )
    })

    it(`for ${person} does not ask about a journey where there was none`, () => {
      const reached = reach(instrument, ({ name, choices }) =>
        name === 'moved' ? 'no' : choices?.list === 'yes-no' ? 'yes' : undefined,
      )
      for (const name of ['told-way', 'vulnerable-travel', 'dependent-unknown-area'])
        assert.ok(!reached.has(name), name)
    })

    it(`for ${person} puts danger first, and says the limits before asking what happened`, () => {
      const names = questionsOf(instrument).map(({ name }) => name)
      assert.equal(names[0], 'danger-now')
      for (const name of ['adult-then', 'told-before', 'told-start'])
        if (names.includes(name)) assert.ok(names.indexOf('limits-told') < names.indexOf(name), name)
    })
  }

  it('does not ask a child about violence, or about what others made the child do; it is marked if it was told', () => {
    for (const { name, label, hint } of questionsOf(childInterview))
      if (/violence|abduction|coerced-(tasks|crime|against-peers)/.test(name)) {
        assert.match(label!.en!, /^Was it told/)
        assert.match(hint!.en!, /^Do not ask/)
      }
  })

  it('needs a means for an adult and none for a child', () => {
    const when = (instrument: Instrument, wanted: string) => instrument.rules.find(({ code }) => code === wanted)?.when
    assert.deepEqual(when(adultInterview, 'elements-adult'), { kind: 'all', rules: ['act', 'means', 'purpose'] })
    assert.deepEqual(when(childInterview, 'elements-child'), { kind: 'all', rules: ['act', 'purpose'] })
    assert.deepEqual(when(adultInterview, 'elements-child'), { kind: 'all', rules: ['child-then', 'act', 'purpose'] })
    assert.equal(when(childInterview, 'elements-adult'), undefined)
  })

  it('keeps circumstances at four levels with a direction, a weight and what shows it', () => {
    const repeats = everyNode(adultInterview.form.body).filter(node => node.kind === 'repeat')
    assert.deepEqual(
      repeats.map(({ name }) => name),
      ['individual', 'household', 'community', 'structural'],
    )
    for (const { name, children } of repeats)
      assert.deepEqual(
        children.map(child => child.name),
        ['factor', 'direction', 'severity', 'evidence'].map(part => `${name}-${part}`),
      )
  })

  it('calls what both have by the same names, so that answers go along', () => {
    const types = new Map(questionsOf(adultInterview).map(question => [question.name, question.type]))
    for (const { name, type } of questionsOf(childInterview)) assert.equal(types.get(name) ?? type, type, name)
  })
})

it('speaks in short sentences', t => {
  for (const instrument of shippedInstruments) {
    const sentences = textsOf(instrument)
      .labels.flatMap(({ en }) => en!.split(/[.?!:]+(?:\s|$)/))
      .filter(sentence => sentence.trim() !== '')
    const average = sentences.reduce((sum, sentence) => sum + sentence.trim().split(/\s+/).length, 0) / sentences.length
    t.diagnostic(`${instrument.form.id}: ${average.toFixed(1)} words a sentence`)
    assert.ok(average <= 15, instrument.form.id)
  }
})
