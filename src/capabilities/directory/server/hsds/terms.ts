import { sha256 } from '#platform/crypto/hash.ts'
import type { Words } from '#platform/words/words.ts'
import { type OrganisationKind, organisationKinds, type ServiceKind, serviceKinds } from '../../contract.ts'
import type { Doc } from './fields.ts'

/** An id that is the same whenever it is asked for: of what has none of its own here, such as the second line of some hours. */
export function derivedId(...parts: readonly string[]): string {
  const bytes = sha256(`hsds ${parts.join(' ')}`).subarray(0, 16)
  bytes[6] = (bytes[6]! & 0x0f) | 0x80
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** The two taxonomies of ours: of which kind a service is, and of which an organisation. */
const taxonomies = {
  service: { id: derivedId('taxonomy', 'service'), name: 'Samaan kinds of service', kinds: serviceKinds },
  organisation: {
    id: derivedId('taxonomy', 'organisation'),
    name: 'Samaan kinds of organisation',
    kinds: organisationKinds,
  },
} as const
type Of = keyof typeof taxonomies

export const termId = (of: Of, kind: string): string => derivedId('term', of, kind)
const kinds = new Map<string, string>(
  (['service', 'organisation'] as const).flatMap(of =>
    taxonomies[of].kinds.map(kind => [termId(of, kind), kind] as const),
  ),
)
/** The kind of service that a term of ours stands for. */
export const serviceKindOf = (term: string): ServiceKind | undefined => {
  const kind = kinds.get(term) as ServiceKind | undefined
  return kind && termId('service', kind) === term ? kind : undefined
}
export const isServiceTaxonomy = (id: string): boolean => id === taxonomies.service.id

/** Says of a thing, in the way of the specification, of which kind it is. */
export function kindAttribute(of: Of, about: string, kind: string, { t }: Words): Doc {
  const { id, name } = taxonomies[of]
  const label = t(`${of}.kind.${kind}`)
  return {
    id: derivedId('attribute', about, kind),
    link_id: about,
    taxonomy_term_id: termId(of, kind),
    link_entity: of === 'service' ? 'service' : 'organization',
    taxonomy_term: {
      id: termId(of, kind),
      code: kind,
      name: label,
      description: label,
      taxonomy: name,
      taxonomy_detail: { id, name, description: name },
      language: 'en',
      taxonomy_id: id,
    },
  }
}
const termsOf = (attributes: unknown): string[] =>
  (Array.isArray(attributes) ? (attributes as Doc[]) : []).flatMap(one => {
    const term = one.taxonomy_term_id ?? (one.taxonomy_term as Doc | undefined)?.id
    return typeof term === 'string' ? [term] : []
  })
/** The kind that the attributes of a thing say, in our own terms. */
export function saidKind<O extends Of>(
  of: O,
  attributes: unknown,
): (O extends 'service' ? ServiceKind : OrganisationKind) | undefined {
  for (const term of termsOf(attributes)) {
    const kind = kinds.get(term)
    if (kind && termId(of, kind) === term) return kind as never
  }
  return undefined
}
