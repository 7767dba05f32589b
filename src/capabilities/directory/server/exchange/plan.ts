import { isDeepStrictEqual } from 'node:util'
import { sha256 } from '#platform/crypto/hash.ts'
import type { Read } from '#platform/db/context.ts'
import type { FieldError } from '#platform/problem/problem.ts'
import type { OrganisationKind, ServiceKind } from '../../contract.ts'
import type { Findings } from '../../contract-exchange.ts'
import { mostRefusals, rewritable } from '../../contract-exchange.ts'
import type { Doc } from '../hsds/fields.ts'
import { organizationOf, type Saying, serviceOf } from '../hsds/shape.ts'
import { saidKind } from '../hsds/terms.ts'
import { checkCapacity, checkDoc } from './check-doc.ts'
import { readRows } from './read-file.ts'
import { type OrganisationRow, organisationRow, type ServiceRow, serviceRow } from './rows.ts'
import { saysWhere, soundsSheltered } from './shelters.ts'
import * as store from './store.ts'

type Move = 'new' | 'changed' | 'same'
interface Planned<Row> {
  readonly row: Row
  readonly move: Move
  /** The version that was looked at; 0 for what is new. */
  readonly version: number
}
export interface Plan {
  readonly organisations: readonly Planned<OrganisationRow>[]
  readonly services: readonly Planned<ServiceRow>[]
  readonly findings: Findings
  /** The same for as long as the file and what it meets here are. */
  readonly checked: string
}
interface Refusal {
  readonly row: string
  readonly name: string | null
  readonly errors: readonly FieldError[]
}

/**
 * What a file would do to the directory: looked at whole, before anything of it is kept.
 * @throws Problem invalid-input naming `file` where it cannot be read at all
 */
export async function planOf(read: Read, file: string, usual: ServiceKind | undefined, saying: Saying): Promise<Plan> {
  const rows = readRows(file)
  const refusals: Refusal[] = []
  const refuse = (row: string, doc: Doc, errors: readonly FieldError[]) =>
    refusals.push({ row, name: typeof doc.name === 'string' ? doc.name.slice(0, 120) : null, errors })

  // 1. Every row by itself.
  const found = new Map<string, { at: string; doc: Doc }>()
  const offered: { at: string; doc: Doc }[] = []
  const merge = (at: string, doc: Doc, errors: FieldError[]) => {
    const before = found.get(doc.id as string)?.doc ?? {}
    for (const [name, value] of Object.entries(doc))
      if (before[name] !== undefined && !isDeepStrictEqual(before[name], value))
        errors.push({ field: `organization.${name}`, code: 'twice' })
    if (errors.length === 0) found.set(doc.id as string, { at, doc: { ...before, ...doc } })
  }
  for (const { at, doc, is } of rows) {
    const errors: FieldError[] = []
    const taken = checkDoc(is === 'service' ? 'service' : 'organization', doc, '', errors)
    if (is === 'organization') {
      if (errors.length === 0) merge(at, taken, errors)
    } else {
      checkCapacity(doc, errors)
      const organization = taken.organization as Doc | undefined
      if (organization && taken.organization_id !== undefined && taken.organization_id !== organization.id)
        errors.push({ field: 'organization_id', code: 'wrong' })
      if (errors.length === 0 && organization) merge(at, organization, errors)
      if (errors.length === 0) offered.push({ at, doc: taken })
    }
    if (errors.length > 0) refuse(at, doc, errors)
  }

  // 2. What it meets here.
  const ofService = (doc: Doc): string | undefined =>
    (doc.organization_id ?? (doc.organization as Doc | undefined)?.id) as string | undefined
  const bodies = await store.knownOrganisations(read, [
    ...new Set([...found.keys(), ...offered.flatMap(({ doc }) => ofService(doc) ?? [])]),
  ])
  const here = await store.knownServices(
    read,
    offered.map(({ doc }) => doc.id as string),
  )
  const parents = await store.parentsOf(read)
  for (const [id, { doc }] of found) parents.set(id, doc.parent_organization_id as string | undefined)

  // 3. Organisations: none that shelters people, none above itself.
  const kept = new Map<string, Planned<OrganisationRow>>()
  const rewrites: Findings['rewrites'] = []
  for (const [id, { at, doc }] of found) {
    const errors: FieldError[] = []
    const known = bodies.get(id)
    const said = saidKind('organisation', doc.attributes)
    const kind = (known?.organisation_kind ?? said ?? 'ngo') as OrganisationKind
    if (kind === 'shelter' || said === 'shelter') errors.push({ field: 'id', code: 'sheltered-import' })
    if (known?.shelters && Array.isArray(doc.locations) && doc.locations.length > 0)
      errors.push({ field: 'locations', code: 'sheltered-import' })
    if (isCircular(id, parents)) errors.push({ field: 'parent_organization_id', code: 'circular' })
    const row = organisationRow(doc, kind, errors)
    if (errors.length > 0) {
      refuse(at, doc, errors)
      continue
    }
    kept.set(id, {
      row,
      move: moveOf(known && organizationOf(known, saying), organizationOf(listedOf(row), saying)),
      version: known?.version ?? 0,
    })
    if (known) rewrites.push(...rewritesOf(at, known, row))
  }

  // 4. Services of organisations that are kept or known.
  const services = new Map<string, Planned<ServiceRow>>()
  for (const { at, doc } of offered) {
    const errors: FieldError[] = []
    const id = doc.id as string
    const of = ofService(doc)
    const known = here.get(id)
    const body = of === undefined ? undefined : (kept.get(of)?.row ?? (found.has(of) ? undefined : bodies.get(of)))
    const told = saidKind('service', doc.attributes)
    const kind = (known?.kind ?? told ?? usual) as ServiceKind | undefined
    if (of === undefined) errors.push({ field: 'organization_id', code: 'required' })
    else if (!body)
      errors.push({ field: 'organization_id', code: found.has(of) ? 'organisation-refused' : 'not-offered' })
    else if (bodies.get(of)?.organisation_kind === 'shelter')
      errors.push({ field: 'organization_id', code: 'sheltered-import' })
    if (known && known.organisation !== of) errors.push({ field: 'organization_id', code: 'used' })
    if (services.has(id)) errors.push({ field: 'id', code: 'twice' })
    if (!kind) errors.push({ field: 'attributes', code: 'kind-unsaid' })
    const sheltered =
      kind === 'safe-accommodation' || told === 'safe-accommodation' || (!told && !known && soundsSheltered(doc))
    if (sheltered && saysWhere(doc)) errors.push({ field: 'service_at_locations', code: 'sheltered-import' })
    if (sheltered && hasLocations(of, kept)) errors.push({ field: 'organization.locations', code: 'sheltered-import' })
    const row = serviceRow(doc, of ?? '', kind ?? 'food', saying, errors)
    if (errors.length > 0) {
      refuse(at, doc, errors)
      continue
    }
    // A file that says no time says nothing of time.
    const changed_at = doc.last_modified === undefined ? known?.changed_at : row.changed_at
    const after = known && { ...known, ...row, changed_at: changed_at! }
    const move: Move = !known
      ? 'new'
      : known.active === row.active && isDeepStrictEqual(serviceOf(known, saying), serviceOf(after!, saying))
        ? 'same'
        : 'changed'
    services.set(id, { row, move, version: known?.version ?? 0 })
  }
  return finish(
    file,
    [...kept.values()],
    [...services.values()],
    here,
    await store.publicOf(read, changedIds(kept)),
    refusals,
    rewrites,
  )
}

/** What links, calls and people who look for it would go by from then on. */
function rewritesOf(at: string, known: store.KnownOrganisation, row: OrganisationRow): Findings['rewrites'] {
  return rewritable.flatMap(field => {
    const [before, after] = [known[`organisation_${field}`], row[field]]
    return before === after ? [] : [{ row: at, name: known.organisation_name, field, before, after }]
  })
}

const changedIds = (kept: ReadonlyMap<string, Planned<OrganisationRow>>): string[] =>
  [...kept.values()].filter(one => one.move === 'changed').map(one => one.row.id)
const hasLocations = (of: string | undefined, kept: ReadonlyMap<string, Planned<OrganisationRow>>): boolean => {
  const locations = of === undefined ? undefined : kept.get(of)?.row.hsds.locations
  return Array.isArray(locations) && locations.length > 0
}
const moveOf = (before: Doc | undefined, after: Doc): Move =>
  before === undefined ? 'new' : isDeepStrictEqual(before, after) ? 'same' : 'changed'
const listedOf = (row: OrganisationRow) => ({
  organisation: row.id,
  organisation_kind: row.kind,
  organisation_name: row.name,
  organisation_phone: row.phone,
  organisation_email: row.email,
  organisation_hsds: row.hsds,
})

/** Whether somebody stands above themselves, at whatever distance. */
function isCircular(id: string, parents: ReadonlyMap<string, string | undefined>): boolean {
  const seen = new Set<string>()
  for (let at: string | undefined = id; at !== undefined; at = parents.get(at)) {
    if (seen.has(at)) return at === id
    seen.add(at)
  }
  return false
}

function finish(
  file: string,
  organisations: readonly Planned<OrganisationRow>[],
  services: readonly Planned<ServiceRow>[],
  here: ReadonlyMap<string, store.KnownService>,
  alsoPublic: readonly string[],
  refusals: readonly Refusal[],
  rewrites: Findings['rewrites'],
): Plan {
  const count = (all: readonly Planned<unknown>[]) => ({
    new: all.filter(one => one.move === 'new').length,
    changed: all.filter(one => one.move === 'changed').length,
    same: all.filter(one => one.move === 'same').length,
  })
  const hidden = new Set([
    ...alsoPublic,
    ...services.filter(one => one.move === 'changed' && here.get(one.row.id)?.public).map(one => one.row.id),
  ])
  const all = refusals.flatMap(({ row, name, errors }) => errors.map(error => ({ row, name, ...error })))
  const findings: Findings = {
    organisations: count(organisations),
    services: count(services),
    hidden: hidden.size,
    rewritten: rewrites.length,
    rewrites: rewrites.slice(0, mostRefusals),
    refused: refusals.length,
    refusals: all.slice(0, mostRefusals),
  }
  const seen = [...organisations, ...services].map(({ row, move, version }) => [row.id, move, version])
  const checked = sha256(JSON.stringify([sha256(file).toString('hex'), findings, seen])).toString('base64url')
  return { organisations, services, findings, checked }
}
