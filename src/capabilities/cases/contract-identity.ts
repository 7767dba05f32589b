import * as z from 'zod/mini'
import { command, query } from '#platform/contract/operation.ts'
import { changed, day, id, instant, line, newId, page, paging, phone, version } from '#platform/contract/shapes.ts'

export const sexes = ['female', 'male', 'other', 'not-said'] as const
export const safeToCall = ['yes', 'no', 'text-only'] as const

/** What is known of a person, each by itself. */
const shapes = {
  givenName: line(80),
  familyName: line(80),
  knownAs: line(80),
  birthDate: day(),
  age: z.number().check(z.int('whole'), z.gte(0, 'too-small'), z.lte(120, 'too-large')),
  sex: z.enum(sexes),
  nationality: z.string().check(z.regex(/^[A-Z]{3}$/, 'country')),
  language: z.string().check(z.regex(/^[a-z]{2,3}$/, 'code')),
  phone: phone(),
  safeToCall: z.enum(safeToCall),
  document: line(40),
}
export type IdentityName = keyof typeof shapes
/** The fields in the order in which they are asked and shown; named here, so that browsers have them without the shapes. */
export const identityNames = [
  'givenName',
  'familyName',
  'knownAs',
  'birthDate',
  'age',
  'sex',
  'nationality',
  'language',
  'phone',
  'safeToCall',
  'document',
] as const satisfies readonly IdentityName[]

/** Who the person is (compartment ID). Everything is optional: a person may say nothing and still be helped. */
export const identityFields = {
  givenName: z.optional(shapes.givenName),
  familyName: z.optional(shapes.familyName),
  knownAs: z.optional(shapes.knownAs),
  birthDate: z.optional(shapes.birthDate),
  age: z.optional(shapes.age),
  sex: z.optional(shapes.sex),
  nationality: z.optional(shapes.nationality),
  language: z.optional(shapes.language),
  phone: z.optional(shapes.phone),
  safeToCall: z.optional(shapes.safeToCall),
  document: z.optional(shapes.document),
}
export const Identity = z.strictObject(identityFields)
export type Identity = z.infer<typeof Identity>

/** The version of a field: the id of the command that wrote it, or `v<n>` where it stands since version n of the whole. */
const fieldVersion = () =>
  z.string().check(z.regex(/^(v[1-9]\d{0,9}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/, 'wrong'))

const edit = <Name extends IdentityName>(name: Name) =>
  z.strictObject({
    field: z.literal(name),
    /** null: it is left empty. */
    value: z.nullable(shapes[name]),
    /** The version it was made on; null where there was nothing yet. */
    base: z.nullable(fieldVersion()),
  })
/** A change of one field. */
export const IdentityEdit = z.discriminatedUnion('field', [
  edit('givenName'),
  edit('familyName'),
  edit('knownAs'),
  edit('birthDate'),
  edit('age'),
  edit('sex'),
  edit('nationality'),
  edit('language'),
  edit('phone'),
  edit('safeToCall'),
  edit('document'),
])
export type IdentityEdit = z.infer<typeof IdentityEdit>

const value = () => z.nullable(z.union([z.string(), z.number()]))
/** A value and whose it is. */
export const FieldSaid = z.object({
  value: value(),
  version: z.string(),
  by: id(),
  byName: z.nullable(z.string()),
  at: z.string(),
})
export type FieldSaid = z.infer<typeof FieldSaid>

/** Who the person is, field by field. A field that nobody wrote is absent. */
export const IdentityRecord = z.object({
  case: id(),
  reference: z.string(),
  child: z.boolean(),
  version: version(),
  fields: z.record(z.string(), FieldSaid),
  /** How many fields wait for a person to settle them. */
  conflicts: z.number(),
  /** The state of the case allows a change. */
  open: z.boolean(),
})
export type IdentityRecord = z.infer<typeof IdentityRecord>

/** Two values of one field, neither of which has won. */
export const IdentityConflict = z.object({
  id: id(),
  case: id(),
  reference: z.string(),
  field: z.enum(identityNames),
  /** What came late, and the version that it was made on. */
  came: FieldSaid,
  base: z.nullable(z.string()),
  /** What stands now; null where nothing does. */
  stands: z.nullable(FieldSaid),
})
export type IdentityConflict = z.infer<typeof IdentityConflict>

/** When it was typed, by the clock of whoever did, where it may arrive later. */
const madeAt = () => z.optional(instant())

const ofCase = z.object({ case: id() })
const unit = ['identification', 'assistance'] as const
/** `conflicts`: the fields that somebody else had changed; they stay as they are until a person settles them. */
const edited = z.object({ ...changed.shape, conflicts: z.array(z.string()) })

/** By what two records could be of one person. */
export const alikeReasons = ['document', 'phone', 'name', 'birth'] as const

export const identityOperations = {
  /** Before a person is written down: which of the cases that the reader sees could be of the same person. */
  alike: query({
    id: 'cases.alike',
    path: '/cases/alike',
    query: z.object({
      givenName: z.optional(shapes.givenName),
      familyName: z.optional(shapes.familyName),
      knownAs: z.optional(shapes.knownAs),
      birthDate: z.optional(shapes.birthDate),
      age: z.optional(z.string().check(z.regex(/^\d{1,3}$/, 'number'))),
      phone: z.optional(shapes.phone),
      document: z.optional(shapes.document),
    }),
    reply: z.object({
      items: z.array(
        z.object({
          case: id(),
          reference: z.string(),
          name: z.string(),
          madeAt: z.string(),
          why: z.array(z.enum(alikeReasons)),
        }),
      ),
    }),
    access: 'case.alike',
    audit: 'case.alike-searched',
    purpose: unit,
  }),
  /** Who the person is, for whoever may change it: with the version of each field, and who wrote it. */
  identity: query({
    id: 'cases.identity',
    path: '/cases/{case}/identity',
    params: ofCase,
    reply: IdentityRecord,
    access: 'case.identity',
    audit: 'case.identity-read',
    purpose: unit,
  }),
  /** The whole record by who sees it whole: every field that differs is an edit on the version that was read. */
  changeIdentity: command({
    id: 'cases.changeIdentity',
    method: 'PUT',
    path: '/cases/{case}/identity',
    params: ofCase,
    body: Identity,
    ifMatch: true,
    reply: changed,
    access: 'case.change-identity',
    audit: 'case.identity-changed',
    purpose: unit,
  }),
  /** Field by field, each on the version it was made on; also later, from a phone. */
  editIdentity: command({
    id: 'cases.editIdentity',
    path: '/cases/{case}/identity/edits',
    params: ofCase,
    body: z.strictObject({
      /** The command's id, which becomes the version of what it writes. */
      id: newId(),
      madeAt: madeAt(),
      edits: z.array(IdentityEdit).check(z.minLength(1, 'required'), z.maxLength(12, 'too-many')),
    }),
    reply: edited,
    access: 'case.edit-identity',
    audit: 'case.identity-changed',
    purpose: unit,
    offline: true,
  }),
  conflicts: query({
    id: 'cases.conflicts',
    path: '/cases/{case}/conflicts',
    params: ofCase,
    reply: z.object({ items: z.array(IdentityConflict) }),
    access: 'case.conflicts',
    audit: 'case.conflicts-read',
    purpose: unit,
  }),
  /** Of every case whose identity the reader may change. */
  myConflicts: query({
    id: 'cases.myConflicts',
    path: '/conflicts',
    query: z.object({ ...paging }),
    reply: page(IdentityConflict),
    access: 'case.my-conflicts',
    audit: 'case.conflicts-read',
    purpose: unit,
  }),
  /** A person's choice: one of the two values or another, on the version that stood when they chose. */
  settleConflict: command({
    id: 'cases.settleConflict',
    path: '/cases/{case}/conflicts/{conflict}/settle',
    params: z.object({ case: id(), conflict: id() }),
    body: z.strictObject({ id: newId(), madeAt: madeAt(), edit: IdentityEdit }),
    reply: edited,
    access: 'case.settle-conflict',
    audit: 'case.conflict-settled',
    purpose: unit,
    offline: true,
  }),
}
