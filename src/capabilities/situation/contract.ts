import * as z from 'zod/mini'
import { command, query } from '#platform/contract/operation.ts'
import { code, day, id, newId, page, paging, text, version, whole } from '#platform/contract/shapes.ts'
import { coverageOperations } from './contract-coverage.ts'
import { Picture, pictureOperations } from './contract-pictures.ts'
import { subject as aboutWhat, Score, subjects } from './contract-shapes.ts'
import { saids, standards } from './form.ts'

export type { Coverage } from './contract-coverage.ts'
export type { Picture } from './contract-pictures.ts'
export { type Score, type Subject, subjects } from './contract-shapes.ts'
export { type Said, type Standard, saids, standards } from './form.ts'

/** open: not both have handed in; comparing: both have, and differences are settled; finished, dropped: it never changes again. */
export const assessmentStates = ['open', 'comparing', 'finished', 'dropped'] as const
export type AssessmentState = (typeof assessmentStates)[number]
export const dropReasons = ['mistake', 'not-possible', 'another', 'other'] as const
export type DropReason = (typeof dropReasons)[number]
export const actionStates = ['open', 'done', 'dropped'] as const
export type ActionState = (typeof actionStates)[number]

const question = () => z.string().check(z.maxLength(60, 'too-long'), z.regex(/^[a-z][a-z0-9_]*$/, 'code'))
const organisation = z.object({ id: id(), name: z.string() })

export const AssessmentRow = z.object({
  id: id(),
  subject: z.enum(subjects),
  organisation: z.nullable(organisation),
  /** A place of the country pack. */
  area: z.nullable(z.string()),
  state: z.enum(assessmentStates),
  madeAt: z.string(),
  finishedAt: z.nullable(z.string()),
  firstName: z.string(),
  secondName: z.nullable(z.string()),
  /** The reader is asked for their own answers. */
  waitsForMe: z.boolean(),
})
export type AssessmentRow = z.infer<typeof AssessmentRow>

export const Answered = z.object({
  question: z.string(),
  standard: z.enum(standards),
  said: z.enum(saids),
  /** What the assessors wrote of it. */
  reasons: z.array(z.string()),
  /** How a difference was settled, and by whom. */
  note: z.nullable(z.string()),
  settledBy: z.nullable(z.string()),
})
export type Answered = z.infer<typeof Answered>

const Difference = z.object({
  question: z.string(),
  standard: z.enum(standards),
  first: z.enum(saids),
  firstReason: z.nullable(z.string()),
  second: z.enum(saids),
  secondReason: z.nullable(z.string()),
})
export type Difference = z.infer<typeof Difference>

export const Action = z.object({
  id: id(),
  assessment: id(),
  question: z.string(),
  what: z.string(),
  owner: organisation,
  dueOn: z.string(),
  overdue: z.boolean(),
  state: z.enum(actionStates),
  /** What was done, or why it was let go. */
  end: z.nullable(z.string()),
  endedAt: z.nullable(z.string()),
  endedName: z.nullable(z.string()),
  moves: z.array(z.enum(['finish', 'drop'])),
  version: version(),
})
export type Action = z.infer<typeof Action>

export const Assessment = z.object({
  ...AssessmentRow.shape,
  /** Of the questions and their weights. */
  form: z.string(),
  /** What the reader may do now. */
  moves: z.array(z.enum(['answer', 'settle', 'finish', 'add-action', 'add-picture', 'drop'])),
  /** Why it was dropped, where it was. */
  dropped: z.nullable(z.enum(dropReasons)),
  /** How many have handed in. */
  handedIn: whole(0, 2),
  answers: z.array(Answered),
  differences: z.array(Difference),
  scores: z.array(Score),
  actions: z.array(Action),
  pictures: z.array(Picture),
  version: version(),
})
export type Assessment = z.infer<typeof Assessment>

const ofOne = z.object({ assessment: id() })
const ofAction = z.object({ action: id() })
/** The office of the task force plans; who works with people reads, and does what was agreed. */
const work = ['statistics', 'identification', 'assistance'] as const
const office = ['statistics'] as const

export const situation = {
  ...coverageOperations,
  ...pictureOperations,
  /** The newest first. Who is of the office sees all of the country, others what is finished and theirs to know. */
  list: query({
    id: 'situation.list',
    path: '/assessments',
    query: z.object({
      ...paging,
      subject: z.optional(z.enum(subjects)),
      organisation: z.optional(id()),
      area: z.optional(code()),
      state: z.optional(z.enum(assessmentStates)),
      /** Finished, and with something missing in this standard. */
      standard: z.optional(z.enum(standards)),
    }),
    reply: page(AssessmentRow),
    access: 'situation.list',
    audit: { none: 'which organisations and areas were looked at: nobody’s case' },
    purpose: work,
  }),
  read: query({
    id: 'situation.read',
    path: '/assessments/{assessment}',
    params: ofOne,
    reply: Assessment,
    access: 'situation.read',
    audit: 'situation.read',
    purpose: work,
  }),
  make: command({
    id: 'situation.make',
    path: '/assessments',
    body: aboutWhat,
    reply: z.object({ id: id() }),
    access: 'situation.make',
    audit: 'situation.made',
    purpose: office,
  }),
  /** One assessor's own answers, once. With the second the two are laid beside each other. */
  handIn: command({
    id: 'situation.handIn',
    path: '/assessments/{assessment}/answers',
    params: ofOne,
    /** As the form engine gives them: standard → question → answer. */
    body: z.strictObject({
      answers: z
        .record(z.string(), z.unknown())
        .check(z.refine(given => Object.keys(given).length <= 2 * standards.length, 'too-many')),
    }),
    reply: z.object({ differences: z.number() }),
    access: 'situation.hand-in',
    audit: 'situation.handed-in',
    purpose: office,
  }),
  /** Before both have handed in, by one of its assessors: what was begun in error, or nobody can make. */
  drop: command({
    id: 'situation.drop',
    path: '/assessments/{assessment}/drop',
    params: ofOne,
    body: z.strictObject({ reason: z.enum(dropReasons) }),
    ifMatch: true,
    reply: z.object({ version: version() }),
    access: 'situation.drop',
    audit: 'situation.dropped',
    purpose: office,
  }),
  settle: command({
    id: 'situation.settle',
    path: '/assessments/{assessment}/settle',
    params: ofOne,
    body: z.strictObject({ question: question(), said: z.enum(saids), note: text(1000) }),
    ifMatch: true,
    reply: z.object({ version: version() }),
    access: 'situation.settle',
    audit: 'situation.settled',
    purpose: office,
  }),
  finish: command({
    id: 'situation.finish',
    path: '/assessments/{assessment}/finish',
    params: ofOne,
    body: z.strictObject({}),
    ifMatch: true,
    reply: z.object({ version: version() }),
    access: 'situation.finish',
    audit: 'situation.finished',
    purpose: office,
  }),
  addAction: command({
    id: 'situation.addAction',
    path: '/assessments/{assessment}/actions',
    params: ofOne,
    body: z.strictObject({ id: newId(), question: question(), what: text(500), owner: id(), dueOn: day() }),
    reply: z.object({ id: id() }),
    access: 'situation.add-action',
    audit: 'situation.action-added',
    purpose: office,
  }),
  /** By day, the earliest first; `mine`: of one's own organisation alone. At most 500. */
  actions: query({
    id: 'situation.actions',
    path: '/situation/actions',
    query: z.object({
      state: z.optional(z.enum(actionStates)),
      mine: z.optional(z.literal('yes')),
    }),
    reply: z.object({
      items: z.array(
        z.object({
          ...Action.shape,
          subject: z.enum(subjects),
          about: z.nullable(organisation),
          /** Null where the reader may not know which area it was. */
          area: z.nullable(z.string()),
        }),
      ),
    }),
    access: 'situation.actions',
    audit: { none: 'what organisations do about their services: nobody’s case' },
    purpose: work,
  }),
  finishAction: command({
    id: 'situation.finishAction',
    path: '/situation/actions/{action}/finish',
    params: ofAction,
    body: z.strictObject({ what: text(500) }),
    ifMatch: true,
    reply: z.object({ version: version() }),
    access: 'situation.finish-action',
    audit: 'situation.action-finished',
    purpose: work,
  }),
  dropAction: command({
    id: 'situation.dropAction',
    path: '/situation/actions/{action}/drop',
    params: ofAction,
    body: z.strictObject({ reason: text(500) }),
    ifMatch: true,
    reply: z.object({ version: version() }),
    access: 'situation.drop-action',
    audit: 'situation.action-dropped',
    purpose: office,
  }),
}
