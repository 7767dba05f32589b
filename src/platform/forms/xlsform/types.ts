import type { Question, QuestionType } from '../definition.ts'

/** What the cell under `type` says. */
export type Phrase =
  | { readonly kind: 'begin'; readonly what: 'group' | 'repeat' | 'loop'; readonly list?: string }
  | { readonly kind: 'end'; readonly what: 'group' | 'repeat' | 'loop' }
  | {
      readonly kind: 'select'
      readonly type: 'select-one' | 'select-multiple' | 'rank'
      readonly list: string
      readonly source: 'choices' | 'external' | 'file'
      readonly orOther: boolean
    }
  | { readonly kind: 'question'; readonly type: QuestionType; readonly meta?: Meta; readonly preset?: Preset }
  /** `code` names the flaw. */
  | { readonly kind: 'refused'; readonly code: string }

type Meta = NonNullable<Question['meta']>

/** What some old types bring along: the rest of the row may overrule it. */
export interface Preset {
  readonly constraint: string
  readonly hint: string
}

const selects: Readonly<
  Record<string, readonly ['select-one' | 'select-multiple' | 'rank', 'choices' | 'external' | 'file']>
> = {
  add_select_one_prompt_using: ['select-one', 'choices'],
  add_select_multiple_prompt_using: ['select-multiple', 'choices'],
  select_all_that_apply_from: ['select-multiple', 'choices'],
  select_all_that_apply: ['select-multiple', 'choices'],
  select_one_from_file: ['select-one', 'file'],
  select_multiple_from_file: ['select-multiple', 'file'],
  select_one_external: ['select-one', 'external'],
  select_one_from: ['select-one', 'choices'],
  select_one_using: ['select-one', 'choices'],
  select_multiple_from: ['select-multiple', 'choices'],
  select_multiple_using: ['select-multiple', 'choices'],
  select_one: ['select-one', 'choices'],
  select_multiple: ['select-multiple', 'choices'],
  select1: ['select-one', 'choices'],
  q_select1: ['select-one', 'choices'],
  q_select: ['select-multiple', 'choices'],
  rank: ['rank', 'choices'],
}
const selecting = new RegExp(
  `^(${Object.keys(selects)
    .map(command => command.replaceAll('_', '[ _]'))
    .join('|')})(?: (\\S+)(?: or[ _](?:specify[ _])?other)?)?$`,
  'i',
)
const orOther = / or[ _](?:specify[ _])?other$/i
const beginning = /^begin[ _](group|lgroup|looped[ _]group|repeat|loop)(?: over (\S+))?$/i
const ending = /^end[ _](group|lgroup|looped[ _]group|repeat|loop)$/i

const digits = (up: number): Preset => ({ constraint: `0 <= . and . <= ${up}`, hint: `0–${up}` })

const simple: Readonly<Record<string, QuestionType | Meta | readonly [QuestionType, Preset]>> = {
  text: 'text',
  string: 'text',
  integer: 'integer',
  int: 'integer',
  decimal: 'decimal',
  percentage: ['integer', { constraint: '0 <= . and . <= 100', hint: '0–100 %' }],
  'number of days in last month': ['integer', digits(31)],
  'number of days in last six months': ['integer', digits(183)],
  'number of days in last year': ['integer', digits(365)],
  'phone number': ['text', { constraint: "regex(., '^\\d*$')", hint: '0–9' }],
  date: 'date',
  time: 'time',
  datetime: 'datetime',
  'date time': 'datetime',
  note: 'note',
  calculate: 'calculate',
  hidden: 'hidden',
  acknowledge: 'acknowledge',
  trigger: 'acknowledge',
  image: 'image',
  photo: 'image',
  picture: 'image',
  audio: 'audio',
  video: 'video',
  file: 'file',
  geopoint: 'geopoint',
  location: 'geopoint',
  gps: 'geopoint',
  geotrace: 'geotrace',
  geoshape: 'geoshape',
  barcode: 'barcode',
  range: 'range',
  start: 'start',
  'start time': 'start',
  end: 'end',
  'end time': 'end',
  today: 'today',
  deviceid: 'deviceid',
  'device id': 'deviceid',
  imei: 'deviceid',
  'uri:deviceid': 'deviceid',
  subscriberid: 'subscriberid',
  'subscriber id': 'subscriberid',
  'uri:subscriberid': 'subscriberid',
  simserial: 'simserial',
  'sim id': 'simserial',
  'uri:simserial': 'simserial',
  phonenumber: 'phonenumber',
  'uri:phonenumber': 'phonenumber',
  username: 'username',
  'uri:username': 'username',
  email: 'email',
  'uri:email': 'email',
  audit: 'audit',
}
const metas: ReadonlySet<string> = new Set<Meta>([
  'start',
  'end',
  'today',
  'username',
  'deviceid',
  'phonenumber',
  'email',
  'audit',
  'simserial',
  'subscriberid',
])
/** Types that other programs know and this one refuses by name. */
const foreign =
  /^(osm( .*)?|xml-external|csv-external|start-geopoint|background-audio|background-geopoint|cascading select.*|include.*|xml|xform)$/

/** Understands a cell under `type`, in today's words and in those of older sheets. */
export function phraseOf(cell: string): Phrase {
  const text = cell.trim().replace(/\s+/g, ' ')
  const begin = beginning.exec(text)
  if (begin) {
    const what = control(begin[1]!)
    if (what === 'loop')
      return begin[2] ? { kind: 'begin', what, list: begin[2] } : { kind: 'refused', code: 'list-missing' }
    return { kind: 'begin', what }
  }
  const end = ending.exec(text)
  if (end) return { kind: 'end', what: control(end[1]!) }
  const select = selecting.exec(text)
  if (select) {
    const found = selects[select[1]!.toLowerCase().replaceAll(' ', '_')]!
    const list = select[2]
    if (!list) return { kind: 'refused', code: 'list-missing' }
    if (list.includes('${')) return { kind: 'refused', code: 'choices-from-answers' }
    return { kind: 'select', type: found[0], source: found[1], list, orOther: orOther.test(text) }
  }
  return question(text.toLowerCase().replaceAll('_', ' '))
}

const control = (word: string): 'group' | 'repeat' | 'loop' => {
  const plain = word.toLowerCase()
  return plain === 'group' || plain === 'loop' ? plain : 'repeat'
}

function question(text: string): Phrase {
  // `get phone number` asks the device, `phone number` asks the person.
  if (text === 'get phone number') return { kind: 'question', type: 'meta', meta: 'phonenumber' }
  const plain = /^(?:add (.+) prompt|q (.+)|get (.+))$/.exec(text)
  const name = plain ? (plain[1] ?? plain[2] ?? plain[3]!) : text
  if (foreign.test(name)) return { kind: 'refused', code: 'type-not-supported' }
  const found = Object.hasOwn(simple, name) ? simple[name] : undefined
  if (found === undefined) return { kind: 'refused', code: 'type-unknown' }
  if (typeof found !== 'string') return { kind: 'question', type: found[0], preset: found[1] }
  if (metas.has(found)) return { kind: 'question', type: 'meta', meta: found as Meta }
  return { kind: 'question', type: found as QuestionType }
}
