/**
 * A database for one question: it holds the rows of `rows.ts` and answers the product's own statements as row-level
 * security would let this actor see them. It answers by the table a statement begins with, obeys `until > now()` and the
 * ledger's conditions only where the statement says them, and refuses a statement that it does not know.
 */

import type pg from 'pg'
import type { Fence } from '#platform/db/context.ts'
import { Tx } from '#platform/db/context.ts'
import { mayHold } from '#platform/policy/bodies.ts'
import { bit } from '#platform/policy/compartments.ts'
import type { Role } from '#platform/policy/roles.ts'
import {
  type AccessRow,
  BEFORE,
  BODY,
  CASE,
  CONSENT,
  GLASS,
  type GlimpseRow,
  LEAD,
  ME,
  NOW,
  ORDER,
  RECORD,
  REFERRAL,
  SEES_ORDERS,
  SEES_SCREENINGS,
  SEES_SHARES,
  type Standing,
  THIRD,
  UNIT,
} from './rows.ts'
import type { Consent } from './vocabulary.ts'

/** Everything that an operation meets: where somebody stands, what they may glimpse, who is on the other side. */
export interface Scene {
  readonly fence: Fence & { readonly role: Role }
  readonly kind: string
  readonly standing: Standing
  readonly glimpses: readonly GlimpseRow[]
  readonly consent: Consent
  /** the person is on the conflict list of the case */
  readonly hidden: boolean
  /** who asked for, proposed or made what waits for a second person */
  readonly by: string
  /** whose account an act of administration is about */
  readonly about: string
}
type Row = Record<string, unknown>

const live = (text: string) => (row: { until: Date }) => !/"?until"? > now\(\)/.test(text) || row.until > NOW
const one = (...rows: Row[]): Row[] => rows

/** The rows of policy.case_access that the actor sees, ended ones too. */
const accessOf = ({ fence, standing, hidden }: Scene): readonly AccessRow[] =>
  hidden
    ? []
    : standing.access.filter(
        row => fence.principals.includes(row.principal) && (row.basis !== 'share' || SEES_SHARES.has(fence.role)),
      )
const glimpsesOf = ({ fence, glimpses, hidden }: Scene): readonly GlimpseRow[] =>
  hidden
    ? []
    : glimpses.filter(
        row => fence.principals.includes(row.principal) && (row.basis === 'break-glass' || SEES_ORDERS.has(fence.role)),
      )
/** What somebody's own yes opens to the actor, with the folder beside it. */
const agreed = (scene: Scene): Row[] =>
  glimpsesOf(scene)
    .filter(row => row.basis === 'consent' && row.until > NOW)
    .map(({ basis_id: id, case_id, compartments, until: until_at }) => ({
      id,
      case_id,
      compartments,
      until_at,
      key_slot: 1,
    }))
const standsNow = (scene: Scene): readonly AccessRow[] => accessOf(scene).filter(row => row.until > NOW)

const folder = (scene: Scene): Row[] => {
  const { standing, fence, hidden } = scene
  const seen =
    standing.folder.holder === fence.organisation ||
    standsNow(scene).length > 0 ||
    glimpsesOf(scene).some(row => row.until > NOW)
  const row = { id: CASE, identification: 'pending', version: 1, key_slot: 1, child: false, country: 'XSA' }
  return seen && !hidden ? one({ ...row, ...standing.folder, reference: '00000-00000', agency: BODY }) : []
}
const referral = (scene: Scene): Row[] => {
  const { standing, fence, hidden } = scene
  const { from_account, from_organisation, to_organisation } = standing.referral
  const party =
    from_account === fence.user ||
    (SEES_SHARES.has(fence.role) && [from_organisation, to_organisation].some(body => fence.principals.includes(body)))
  const seen = party || standsNow(scene).some(row => row.basis === 'holder' || row.basis === 'assigned')
  const row = { id: REFERRAL, case_id: CASE, shared: 1, consent_id: CONSENT, key_slot: 1 }
  return seen && !hidden ? one({ ...row, ...standing.referral }) : []
}
/** Screenings and interviews: their author's, and the unit's where coded data stand for a reason or for identification. */
const screenings = (scene: Scene): Row[] => {
  const { standing, fence, hidden } = scene
  const by = standing.folder.made_by
  const coded = standsNow(scene).some(
    row => (row.compartments & bit.STA) !== 0 && (row.basis !== 'share' || row.shared !== 0),
  )
  const seen = by === fence.user || (SEES_SCREENINGS.has(fence.role) && coded)
  return seen && !hidden ? one({ id: RECORD, case_id: CASE, by_account: by, key_slot: 1 }) : []
}
const lead = ({ standing, fence, kind, hidden }: Scene): Row[] => {
  if (hidden) return []
  const { organisation_id, named } = standing.lead
  // Only a police body has leads.
  if (organisation_id === BODY && !mayHold('investigator', { kind, competent: false })) return []
  const ofBody = organisation_id === BODY && (fence.role === 'investigator' || fence.role === 'supervisor')
  return ofBody || (fence.role === 'prosecutor' && named) ? one({ id: LEAD, organisation_id, key_slot: 1 }) : []
}
/** In charge, or a decision maker of the unit that holds the case (oversight.answers_for). */
const answersFor = (scene: Scene): boolean =>
  standsNow(scene).some(row =>
    scene.fence.role === 'coordinator'
      ? row.basis === 'assigned' && row.principal === ME
      : scene.fence.role === 'decision-maker' && row.basis === 'holder',
  )
const consentRecord = ({ consent }: Scene, text: string): Row[] => {
  const stands = consent === 'live' || consent === 'other-purpose'
  const ended = consent === 'expired' ? !/"expires_at" > now\(\)/.test(text) : !/"withdraws"/.test(text)
  if (consent === 'none' || !(stands || ended)) return []
  const purposes = consent === 'other-purpose' ? ['statistics'] : ['identification', 'services']
  const row = { id: CONSENT, case_id: CASE, kind: 'given', withdrawn: false, recipients: [UNIT, THIRD, BODY], purposes }
  const said = { compartments: 127, withhold: [], said_at: NOW, recorded_at: NOW }
  return one({ ...row, ...said, expires_at: consent === 'expired' ? BEFORE : null })
}

/** What a list holds: rows that the fence lets through, and the list's own question asks for. */
const LISTS: Readonly<Record<string, (scene: Scene) => Row[]>> = {
  'cases of the unit': scene => folder(scene).filter(row => row.holder === BODY),
  'people of the unit': scene =>
    folder(scene).filter(
      row =>
        row.holder === BODY &&
        (scene.fence.role !== 'coordinator' || row.coordinator === ME) &&
        standsNow(scene).some(one => one.basis !== 'share' && (one.compartments & bit.ID) !== 0),
    ),
  'own cases': scene => folder(scene).filter(row => row.coordinator === ME),
  // Once its share has ended a list says only that something came: no reference, nothing of the person.
  referrals: scene => (standsNow(scene).length > 0 ? referral(scene) : []),
}

/** By the first table or function that a statement names; the rows that this actor sees of it. */
const answers: Readonly<Record<string, (scene: Scene, text: string) => Row[]>> = {
  'policy.case_access': (scene, text) => accessOf(scene).filter(live(text)) as unknown as Row[],
  'policy.case_glimpse': (scene, text) =>
    / join /.test(text) ? agreed(scene) : (glimpsesOf(scene).filter(live(text)) as unknown as Row[]),
  'policy.is_child': () => one({ child: false }),
  'cases.folder': folder,
  'cases.clock': scene => standsNow(scene).flatMap(row => (row.basis === 'share' ? [] : one({ id: RECORD }))),
  'cases.identity_conflict': scene =>
    standsNow(scene).flatMap(row => (row.basis === 'share' || (row.compartments & bit.ID) === 0 ? [] : one({}))),
  'cases.attachment': ({ fence, ...scene }) =>
    (fence.compartments & bit.SVC) !== 0 &&
    standsNow({ fence, ...scene }).some(row => (row.compartments & bit.SVC) !== 0)
      ? one({ id: RECORD, case_id: CASE, compartment: 'SVC' })
      : [],
  'cases.decision': ({ by }) => one({ id: RECORD, by_account: by, state: 'proposed', kind: 'reasonable-grounds' }),
  'care.closure': scene => (folder(scene).length > 0 ? one({ id: RECORD, by_account: scene.by }) : []),
  'referrals.referral': referral,
  'referrals.round': referral,
  'referrals.turn': () => [],
  'screening.screening': screenings,
  'screening.interview': screenings,
  'screening.override': () => [],
  'screening.instrument': () => [],
  'consent.record': consentRecord,
  'directory.organisation': ({ kind }) => one({ id: UNIT, active: true, competent: true, kind }),
  'justice.lead': lead,
  // Of whom it names, for as long as it opens something; of the unit, whatever became of it.
  'justice.court_order': ({ by, about, hidden, fence, glimpses }) =>
    hidden || (SEES_ORDERS.has(fence.role) && !glimpses.some(row => row.basis === 'order'))
      ? []
      : one({ id: ORDER, case_id: CASE, by_account: by, named: [about], state: 'proposed', key_slot: 1 }),
  'justice.vital_interest': () => [],
  'oversight.find_case': ({ hidden }) => (hidden ? [] : one({ case_id: CASE, reference: '00000-00000', slot: 1 })),
  'oversight.breakable': ({ hidden }) => (hidden ? [] : one({ case_id: CASE, slot: 1 })),
  'oversight.keeps_bars': () => one({ yes: true }),
  'oversight.answers_for': scene => one({ yes: answersFor(scene) }),
  'oversight.erasure': ({ by, hidden }) => (hidden ? [] : one({ id: RECORD, case_id: CASE, by_account: by })),
  'oversight.break_glass': ({ by, fence, hidden }) =>
    hidden ? [] : one({ id: GLASS, case_id: CASE, account_id: by, role: fence.role, judge: by !== fence.user }),
  'audit.event': ({ hidden }) => (hidden ? [] : one({ case_id: CASE })),
  'auth.account': ({ about }) => one({ id: about }),
  'auth.invitation': ({ by, about }) => one({ id: RECORD, account_id: about, asked_by: by }),
  'auth.assignment': ({ by, about, standing }) =>
    one({ id: RECORD, account_id: about, granted_by: by, organisation: standing.account }),
}

const named = /(?:from|into|update) "(\w+)"\."(\w+)"|(?:select|from) (?:.*from )?(\w+)\.(\w+)\(/
const abouts = new Map<string, string>()
/** What a statement reads or writes, as schema.name. */
const aboutOf = (text: string): string => {
  const known = abouts.get(text)
  if (known) return known
  const [, schema, table, ofFunction, name] = named.exec(text.replaceAll('\n', ' ')) ?? []
  const about = `${schema ?? ofFunction}.${table ?? name}`
  abouts.set(text, about)
  return about
}

/** The rows that a list, or a table, holds for the actor of a scene. */
export const seen = (scene: Scene, list: string): Row[] => {
  const answer = LISTS[list] ?? answers[list]
  if (!answer) throw new Error(`no rows of ${list} in tests/matrix/database.ts`)
  return answer(scene, '')
}

const writes = /^\s*(insert|update|with i0)|policy\.(share|lock_consent)\(/

/** A connection that reads the scene; what is written touches one row and is kept nowhere. */
export const connectionTo = (scene: Scene): Tx =>
  new Tx({
    query: ({ text }: { text: string }) => {
      if (writes.test(text)) return Promise.resolve({ rows: [], rowCount: 1 })
      const answer = answers[aboutOf(text)]
      if (!answer) return Promise.reject(new Error(`no answer to ${aboutOf(text)}: ${text}`))
      return Promise.resolve({ rows: answer(scene, text) })
    },
  } as unknown as pg.ClientBase)
