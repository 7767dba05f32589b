/** The catalogue of problems: every failure a person can meet has a stable code, an HTTP status and words (`problem.<code>`). RFC 9457 on the wire. */
export const catalogue = {
  'invalid-input': 400,
  'malformed-body': 400,
  'bad-key': 400,
  'not-signed-in': 401,
  'step-up-needed': 403,
  'cross-site': 403,
  'not-found': 404,
  'method-not-allowed': 405,
  'already-answered': 409,
  'already-exists': 409,
  'not-now': 409,
  conflict: 409,
  merged: 409,
  'same-person': 409,
  'let-in': 409,
  'weights-not-signed-off': 409,
  'too-many-devices': 409,
  'version-stale': 412,
  'too-large': 413,
  'unsupported-type': 415,
  'version-missing': 428,
  'slow-down': 429,
  'sign-in-failed': 401,
  broken: 500,
  busy: 503,
  'no-accessible-documents': 503,
} as const satisfies Record<string, number>
export type ProblemCode = keyof typeof catalogue

/** One field that is wrong: `field` is a dotted path into the input, `code` has words under `problem.field.<code>`. */
export interface FieldError {
  readonly field: string
  readonly code: string
  readonly limit?: number
}

/** A failure that is meant for a person. Carries codes only: words are chosen by the language of the request. */
export class Problem extends Error {
  readonly code: ProblemCode
  readonly fields: readonly FieldError[]
  /** What the words `problem.<code>.named` name, where a code has such: a reference, never anybody's name. */
  readonly about: Readonly<Record<string, string>> | undefined
  constructor(code: ProblemCode, fields: readonly FieldError[] = [], about?: Readonly<Record<string, string>>) {
    super(code)
    this.code = code
    this.fields = fields
    this.about = about
  }
  get status(): number {
    return catalogue[this.code]
  }
}

export const notFound = (): Problem => new Problem('not-found')

/** The wire shape of RFC 9457 (`application/problem+json`), with our extensions `code` and `errors`. */
export interface ProblemBody {
  type: string
  title: string
  status: number
  code: ProblemCode
  detail?: string
  errors?: { field: string; code: string; detail: string }[]
  request?: string
}
