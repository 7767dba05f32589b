import { isChild as isChildBy, sectors, sexes, urgencies } from '#capabilities/cases/contract.ts'
import { interpreters } from '#capabilities/consent/contract.ts'
import type { In } from '#platform/contract/operation.ts'
import { parse } from '#platform/contract/parse.ts'
import { wrongSaid } from '#platform/contract/shapes-said.ts'
import type { AnswerTree } from '#platform/forms/definition.ts'
import { Problem } from '#platform/problem/problem.ts'
import { screening } from './contract.ts'

/**
 * The officer's screening as question pages: what each asks and which comes next. Words are under
 * `screening.page.<id>.title|hint`, `screening.field.<name>|<name>.hint` and `screening.option.<name>.<value>`; signs
 * and questions are instruments of the country, with their own. The order is the rule: safety, then the limits of
 * confidentiality, and only then anything that is asked of the person.
 */

/** Everything is text as a form gives it; several answers are a list. Names are paths into the body of the command. */
export type Answers = Readonly<Record<string, string | readonly string[] | undefined>>

export interface Field {
  readonly name: string
  /** `moment`: date and time on the spot, as the browser's own field gives it. */
  readonly kind: 'choice' | 'tick' | 'list' | 'line' | 'number' | 'phone' | 'text' | 'moment'
  /** Codes to choose from; `languages`, `countries` and `cards` are filled in by whoever draws the page. */
  readonly options?: readonly string[] | 'languages' | 'countries' | 'cards'
  /** Where the words of the options are, when other screens have the same; else `screening.option.<name>`. */
  readonly words?: 'sector' | 'sex'
  /** Longest text in characters. */
  readonly max?: number
  readonly required?: true
  /** Where a title already asks. */
  readonly untitled?: true
  readonly inline?: true
  readonly when?: (answers: Answers) => boolean
}

/** What a page shows besides its fields. */
export type Part = 'unsafe' | 'child' | 'limits' | 'danger' | 'validity'

export interface Page {
  readonly id: string
  readonly fields: readonly Field[]
  readonly part?: Part
  /** Pages of an instrument stand here instead of fields. */
  readonly form?: 'card' | 'shortScreen'
  /** May be left out with one press; what that press answers, if anything. */
  readonly skip?: Answers
  /** The page after this one; `check` is the last. */
  readonly next: (answers: Answers) => string
}

const yesNo = ['yes', 'no'] as const
/** A child was seen, or may be one, or gave an age under the country's (`answered` notes that as `younger`). */
const isChild = (answers: Answers): boolean =>
  answers.child === 'yes' || answers.child === 'in-doubt' || answers.younger === 'yes'
/** What is sent and shown of it: an age that was told outweighs how old the person seemed. */
export const childOf = (answers: Answers): Answers[string] =>
  answers.child === 'no' && isChild(answers) ? 'yes' : answers.child
const isDanger = (answers: Answers): boolean => answers.danger === 'yes'
const hasInterpreter = (answers: Answers): boolean =>
  answers.interpreter !== undefined && answers.interpreter !== 'none'
const isOnPaper = (answers: Answers): boolean => answers.paper === 'yes'
/** The choice of no card: nothing is noted of what was noticed, and a referral waits for no signs. */
export const noCard = 'none'
/** Questions are for adults, in a place where nobody who may control them listens, and where there are any to ask. */
const mayAsk = (answers: Answers): boolean =>
  answers.placeSafe === 'yes' && answers.child === 'no' && !isChild(answers) && answers.questions !== undefined

export const pages: readonly Page[] = [
  {
    id: 'start',
    fields: [
      { name: 'paper.writtenAt', kind: 'moment', required: true, when: isOnPaper },
      { name: 'paper.writtenBy', kind: 'line', max: 200, required: true, when: isOnPaper },
      // The page's title asks for it, where it is about nothing else.
      { name: 'signCard', kind: 'choice', options: 'cards', required: true, when: isOnPaper },
      {
        name: 'signCard',
        kind: 'choice',
        options: 'cards',
        required: true,
        untitled: true,
        when: answers => !isOnPaper(answers),
      },
    ],
    next: () => 'place',
  },
  {
    id: 'place',
    fields: [{ name: 'placeSafe', kind: 'choice', options: yesNo, required: true, untitled: true }],
    next: answers => (answers.placeSafe === 'no' ? 'unsafe' : 'talk'),
  },
  { id: 'unsafe', fields: [], part: 'unsafe', next: () => 'talk' },
  {
    id: 'talk',
    fields: [
      { name: 'language', kind: 'list', options: 'languages', required: true },
      { name: 'interpreter', kind: 'choice', options: interpreters, required: true },
      { name: 'interpreterFree', kind: 'choice', options: yesNo, required: true, inline: true, when: hasInterpreter },
    ],
    next: () => 'age',
  },
  {
    id: 'age',
    fields: [{ name: 'child', kind: 'choice', options: ['no', 'yes', 'in-doubt'], required: true, untitled: true }],
    next: answers => (answers.child === 'yes' || answers.child === 'in-doubt' ? 'child' : 'limits'),
  },
  { id: 'child', fields: [], part: 'child', next: () => 'limits' },
  {
    id: 'limits',
    part: 'limits',
    fields: [
      // Only a child has a guardian to hear it too.
      {
        name: 'limitsTold.givenBy',
        kind: 'choice',
        options: ['person', 'guardian', 'support-person'],
        required: true,
        when: isChild,
      },
      {
        name: 'limitsTold.givenBy',
        kind: 'choice',
        options: ['person', 'support-person'],
        required: true,
        when: answers => !isChild(answers),
      },
      { name: 'told', kind: 'tick', options: ['yes'], required: true, untitled: true },
    ],
    next: answers => (answers.signCard === noCard ? 'work' : 'signs'),
  },
  { id: 'signs', form: 'card', fields: [], next: () => 'work' },
  {
    id: 'work',
    fields: [{ name: 'sector', kind: 'list', options: sectors, words: 'sector' }],
    skip: {},
    next: answers => (mayAsk(answers) ? 'ask' : 'person'),
  },
  {
    id: 'ask',
    part: 'validity',
    fields: [{ name: 'ask', kind: 'choice', options: yesNo, required: true, untitled: true }],
    next: answers => (answers.ask === 'yes' ? 'questions' : 'person'),
  },
  { id: 'questions', form: 'shortScreen', fields: [], next: () => 'person' },
  {
    id: 'person',
    fields: [
      { name: 'identity.givenName', kind: 'line', max: 80 },
      { name: 'identity.familyName', kind: 'line', max: 80 },
      { name: 'identity.knownAs', kind: 'line', max: 80 },
      { name: 'identity.age', kind: 'number', max: 3 },
      { name: 'identity.sex', kind: 'choice', options: sexes, words: 'sex', inline: true },
      { name: 'identity.nationality', kind: 'list', options: 'countries' },
    ],
    skip: {},
    // Only who was taken for an adult until now; the others have seen what it means.
    next: answers => (answers.child === 'no' && isChild(answers) ? 'younger' : 'reach'),
  },
  { id: 'younger', fields: [], part: 'child', next: () => 'reach' },
  {
    id: 'reach',
    fields: [
      { name: 'identity.phone', kind: 'phone', max: 24 },
      { name: 'identity.safeToCall', kind: 'choice', options: ['yes', 'text-only', 'no'] },
    ],
    skip: {},
    next: () => 'told',
  },
  {
    id: 'told',
    fields: [
      { name: 'story', kind: 'text', max: 10_000 },
      { name: 'worried', kind: 'choice', options: yesNo, required: true, inline: true },
    ],
    next: () => 'urgency',
  },
  {
    id: 'urgency',
    fields: [
      { name: 'danger', kind: 'choice', options: yesNo, required: true, inline: true },
      { name: 'urgency', kind: 'choice', options: urgencies, required: true, when: answers => answers.danger === 'no' },
    ],
    next: answers => (isDanger(answers) ? 'danger' : 'check'),
  },
  { id: 'danger', fields: [], part: 'danger', next: () => 'check' },
]

const byId = new Map(pages.map(page => [page.id, page]))
/**
 * The answers after one more. Whoever changes the language or the interpreter tells the limits of confidentiality
 * again, in it. An age under the country's makes a child of the person, whatever was thought before.
 * @param childUnder the country's age in years
 */
export function answered(
  answers: Answers,
  name: string,
  value: string | readonly string[],
  childUnder: number,
): Answers {
  const retold = (name === 'language' || name === 'interpreter') && answers.told !== undefined
  const younger = name === 'identity.age' && { younger: isYounger(value, childUnder) ? 'yes' : 'no' }
  return { ...answers, ...(retold && { told: [] }), ...younger, [name]: value }
}
/** An age that was typed; what is none says nothing. */
const isYounger = (age: string | readonly string[], childUnder: number): boolean =>
  typeof age === 'string' && /^\s*\d{1,3}\s*$/.test(age) && isChildBy({ age: Number(age) }, '', childUnder)

/** The page of this id; `check` and anything unknown have none. */
export const findPage = (id: string | undefined): Page | undefined => (id === undefined ? undefined : byId.get(id))

/** The pages these answers lead through, in order. `check`, which follows the last, is not among them. */
export function pathOf(answers: Answers): readonly Page[] {
  const path: Page[] = []
  for (let page: Page | undefined = pages[0]; page; page = byId.get(page.next(answers))) path.push(page)
  return path
}

export const shownFields = (page: Page, answers: Answers): readonly Field[] =>
  page.fields.filter(field => field.when?.(answers) ?? true)

/** An answer that the field no longer offers, after another answer was changed, is none. */
const isAnswered = ({ options }: Field, value: Answers[string]): boolean =>
  value !== undefined &&
  value.length > 0 &&
  (typeof value !== 'string' || typeof options !== 'object' || options.includes(value))

/** A field that needs another look; words are under `screening.wrong.<code>` where there are any, else `problem.field.<code>`. */
export interface Wrong {
  readonly field: string
  readonly code: string
  readonly limit?: number
}

/** Where it is written on paper, of local time; as it was typed where that is no time. */
const instantOf = (local: string): string => {
  const at = new Date(local)
  return Number.isNaN(at.getTime()) ? local : at.toISOString()
}

/** A page that only tells something: it is never passed over. */
export const isTelling = ({ fields, form }: Page): boolean => fields.length === 0 && form === undefined

/** What is still wrong on a page. The contract of the command judges every value; only what it cannot know is added here. */
export function wrongOn(page: Page, answers: Answers, made: Made): readonly Wrong[] {
  const missing = shownFields(page, answers)
    .filter(field => field.required && !isAnswered(field, answers[field.name]))
    .map(({ name, kind }) => ({ field: name, code: missed[kind] ?? 'choose' }))
  if (missing.length > 0) return missing
  if (page.form) return made[page.form]?.done ? [] : [{ field: page.form, code: 'choose' }]
  if (page.id === 'start' && isOnPaper(answers)) {
    const wrong = wrongSaid(instantOf(String(answers['paper.writtenAt'])), new Date(), 'paper.writtenAt', 'paper')
    if (wrong.length > 0) return wrong
  }
  if (page.id === 'talk' && hasInterpreter(answers) && answers.interpreterFree === 'no')
    return [{ field: 'interpreterFree', code: 'interpreter' }]
  return judged(answers, made).filter(wrong => pageOf(wrong.field, [page]))
}

const missed: Partial<Record<Field['kind'], string>> = { tick: 'tell-first', line: 'write', moment: 'write' }

function judged(answers: Answers, made: Made): readonly Wrong[] {
  try {
    parse(screening.record.body, recordOf(answers, made), 'body')
    return []
  } catch (error) {
    if (error instanceof Problem) return error.fields
    throw error
  }
}

/** The page that a server's `errors[].field` is about. */
export const pageOf = (field: string, among: readonly Page[]): Page | undefined =>
  among.find(
    page =>
      page.fields.some(({ name }) => field === name || field.startsWith(`${name}.`)) ||
      (page.form !== undefined && field.startsWith(`${page.form}.`)),
  )

/** The page to go on with: the first that is not yet answered well, else the check of all answers. */
export const nextOpen = (answers: Answers, made: Made): string =>
  pathOf(answers).find(page => wrongOn(page, answers, made).length > 0)?.id ?? 'check'

/** An instrument in use: which version was shown, and what was answered with it so far. */
export interface Using {
  readonly instrument: string
  readonly version: string
  readonly answers: AnswerTree
  /** Paths of questions that the person preferred not to answer. */
  readonly declined: readonly string[]
  /** The page to go on with; undefined before the first. */
  readonly place?: string | undefined
  /** Every page of it was seen once. */
  readonly done: boolean
}
export const using = (one: { readonly code: string; readonly version: string }): Using => ({
  instrument: one.code,
  version: one.version,
  answers: {},
  declined: [],
  done: false,
})

/** What a screening is given besides its answers: ids made once, times in UTC, and its instruments. */
export interface Made {
  readonly id: string
  readonly case: string
  readonly limitsTold: string
  readonly country: string
  readonly startedAt: string
  /** When the limits of confidentiality were told. */
  readonly toldAt: string
  readonly card?: Using | undefined
  readonly shortScreen?: Using | undefined
}

type Body = In<(typeof screening.record)['body']>

/** The command that these answers make. What the path no longer leads to is not sent. */
export function recordOf(answers: Answers, made: Made): Body {
  const path = pathOf(answers)
  const live = new Set(
    path
      .flatMap(page => shownFields(page, answers))
      .filter(field => isAnswered(field, answers[field.name]))
      .map(({ name }) => name),
  )
  const one = (name: string): string | undefined => {
    const value = live.has(name) ? answers[name] : undefined
    // Some keyboards write accents as marks of their own; what is stored has one form.
    return typeof value === 'string' && value.trim() !== '' ? value.trim().normalize('NFC') : undefined
  }
  const forms = new Set(path.flatMap(({ form }) => form ?? []))
  const filled = (form: 'card' | 'shortScreen') => {
    const found = made[form]
    if (!found || !forms.has(form)) return {}
    const { instrument, version, answers, declined } = found
    return { [form]: { instrument, version, answers, ...(declined.length > 0 && { declined }) } }
  }
  const writtenAt = isOnPaper(answers) ? instantOf(one('paper.writtenAt') ?? '') : undefined
  const identity = Object.fromEntries(
    [...live]
      .filter(name => name.startsWith('identity.'))
      .map(name => [name.slice('identity.'.length), one(name)] as const)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, name === 'age' ? Number(value) : value]),
  )
  const said = { language: one('language') ?? '', interpreter: one('interpreter') ?? 'none' }
  return {
    id: made.id,
    case: made.case,
    ...filled('card'),
    ...filled('shortScreen'),
    country: made.country,
    ...said,
    placeSafe: one('placeSafe') === 'yes',
    danger: isDanger(answers),
    child: (live.has('child') && childOf(answers)) || 'in-doubt',
    ...(one('sector') && { sector: one('sector') }),
    limitsTold: {
      id: made.limitsTold,
      textVersion: 'limits-1',
      ...said,
      givenBy: one('limitsTold.givenBy') ?? 'person',
      form: 'oral-certified',
      saidAt: writtenAt ?? made.toldAt,
    },
    worried: one('worried') === 'yes',
    ...(one('story') && { story: one('story') }),
    identity: { ...(one('language') && { language: one('language') }), ...identity },
    urgency: isDanger(answers) ? 'emergency' : (one('urgency') ?? 'routine'),
    saidAt: writtenAt ?? made.startedAt,
    ...(writtenAt !== undefined && { paper: { writtenAt, writtenBy: one('paper.writtenBy') ?? '' } }),
  } as Body
}
