/**
 * A form as data: what a country edits in a spreadsheet (XLSForm), what is stored, and what every renderer draws.
 * Plain JSON throughout. Expressions stay as their author wrote them, in XLSForm's dialect of XPath with `${name}`
 * references, and are understood by `compile` in compile.ts. Names of nodes are unique among their siblings only;
 * a reference that could mean two nodes is refused.
 */
export interface FormDefinition {
  /** `form_id`; letters, digits, `-`, `_`, `.` */
  readonly id: string
  /** Any text; a newer version sorts after an older one where both are digits. */
  readonly version: string
  readonly title: Texts
  /** BCP 47 tags in the order of the sheet; `default` stands for columns without a language. Never empty. */
  readonly languages: readonly string[]
  readonly defaultLanguage: string
  /** An XLSForm `instance_name`. */
  readonly instanceName?: string
  /** How a whole form is laid out, as its sheet says (`pages`, `theme-grid` …): for renderers that know the word. */
  readonly style?: string
  /** Groups stand on the screen alone: in the form's XML their questions lie side by side, and names are unique. */
  readonly flat?: true
  readonly lists: readonly ChoiceList[]
  readonly body: readonly FormNode[]
}

/** Language → text. A text may hold `${name}`, which shows that answer. Plain text: nothing in it is ever HTML. */
export type Texts = Readonly<Record<string, string>>

/** Where in the spreadsheet a thing stands, for errors. Rows count from 1, the header being row 1. */
export interface Place {
  readonly sheet: string
  readonly row: number
}

export interface ChoiceList {
  readonly name: string
  readonly choices: readonly Choice[]
}
export interface Choice {
  readonly name: string
  readonly label: Texts
  readonly media?: Media
  /** Further columns of the choices sheet, which `choice_filter` reads. */
  readonly columns: Readonly<Record<string, string>>
}

/** Language → file name, each kind at most one file a language. */
export interface Media {
  readonly image?: Texts
  readonly audio?: Texts
  readonly video?: Texts
}

export const questionTypes = [
  'text',
  'integer',
  'decimal',
  'date',
  'time',
  'datetime',
  'select-one',
  'select-multiple',
  'rank',
  'range',
  'acknowledge',
  'note',
  'calculate',
  'hidden',
  'image',
  'audio',
  'video',
  'file',
  // Drawn as typed text: no map and no camera is needed to answer them.
  'geopoint',
  'geotrace',
  'geoshape',
  'barcode',
  // Filled in by the device: start, end, today, username, deviceid, phonenumber, email, audit are `meta`.
  'meta',
] as const
export type QuestionType = (typeof questionTypes)[number]

export type FormNode = Question | Group | Repeat

interface Named {
  readonly name: string
  readonly label?: Texts
  readonly hint?: Texts
  readonly media?: Media
  /** XPath; without one it is always relevant. */
  readonly relevant?: string
  readonly appearance?: string
  readonly at?: Place
}

export interface Question extends Named {
  readonly kind: 'question'
  readonly type: QuestionType
  readonly guidance?: Texts
  /** A literal, or an expression (`${…}`, a call) that is worked out once when the form or the repeat begins. */
  readonly default?: string
  readonly calculation?: string
  /** When a `calculate` runs only as another answer changes: the names under XLSForm's `trigger`. */
  readonly trigger?: readonly string[]
  readonly constraint?: string
  readonly constraintMessage?: Texts
  /** XPath; `true()` where the sheet says yes. */
  readonly required?: string
  readonly requiredMessage?: Texts
  /** XPath; `true()` where the sheet says yes. */
  readonly readOnly?: string
  readonly choices?: {
    /** Name of a list, or of a file for `select_one_from_file`. */
    readonly list: string
    readonly fromFile?: true
    /** `choice_filter` over the columns of a choice. */
    readonly filter?: string
    readonly randomize?: { readonly seed?: string }
    /** XLSForm's `or_other`: the list gains `other`, and a text question `<name>_other` follows in the body. */
    readonly orOther?: true
  }
  /** Numbers for `range`; `start`, `end`, `step`. */
  readonly range?: { readonly start: number; readonly end: number; readonly step: number }
  /** Which property of the device a `meta` holds. */
  readonly meta?:
    | 'start'
    | 'end'
    | 'today'
    | 'username'
    | 'deviceid'
    | 'phonenumber'
    | 'email'
    | 'audit'
    | 'simserial'
    | 'subscriberid'
  /** `parameters` that renderers may use and the engine does not (max-pixels, quality …). */
  readonly parameters?: Readonly<Record<string, string>>
}

export interface Group extends Named {
  readonly kind: 'group'
  readonly children: readonly FormNode[]
}

export interface Repeat extends Named {
  readonly kind: 'repeat'
  /** XPath of a fixed number of rows; without one people add and remove rows. */
  readonly count?: string
  readonly children: readonly FormNode[]
}

/** What a person answered: name → answer, a group is an object, a repeat a list of objects. */
export interface AnswerTree {
  readonly [name: string]: AnswerValue
}
/**
 * text, date `2026-11-22`, time `14:05:00`, dateTime with offset, choice name: text; integer, decimal, range: number;
 * select-multiple and rank: list of choice names; image, audio, video, file: name of the stored file.
 */
export type AnswerValue = string | number | readonly string[] | AnswerTree | readonly AnswerTree[] | null

/** Something wrong with a sheet or with an expression; `code` has words under `forms.flaw.<code>`. */
export interface Flaw {
  readonly code: string
  readonly sheet?: string
  /** Counted from 1, the header being row 1. */
  readonly row?: number
  /** Header of the column as the author wrote it. */
  readonly column?: string
  /** What is wrong with it: a name, a function, a piece of the expression. At most 200 characters. */
  readonly detail?: string
}

/** What is refused beyond: the same for import, compile and storage. */
export const limits = {
  /** bytes of an .xlsx as uploaded, and of all its parts unpacked */
  fileBytes: 5_000_000,
  unpackedBytes: 50_000_000,
  /** questions, groups and repeats together */
  nodes: 5_000,
  choices: 20_000,
  depth: 12,
  /** characters of one expression, nodes of its tree, depth of its nesting */
  expressionLength: 8_000,
  expressionNodes: 2_000,
  expressionDepth: 64,
  /** characters of one label, hint or message */
  textLength: 20_000,
  patternLength: 1_000,
  repeatRows: 500,
  /** rows of all repeats of one set of answers together */
  rows: 5_000,
  /** characters of one answer */
  answerLength: 20_000,
  /** steps that working out a whole form may take at the worst, and that one change may take */
  work: 20_000_000,
  languages: 30,
} as const
