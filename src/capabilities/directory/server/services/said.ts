import type { CountryPack } from '#platform/country/pack.ts'
import type { Read } from '#platform/db/context.ts'
import { notFound, Problem } from '#platform/problem/problem.ts'
import { isSheltered, type OrganisationKind, type ServiceKind } from '../../contract.ts'
import type { Service } from '../../contract-services.ts'
import * as store from '../store.ts'

type Said = Partial<Pick<Service, 'languages'>> & {
  [Name in Exclude<keyof Service, 'id' | 'kind' | 'active' | 'open' | 'places' | 'version' | 'languages'>]?:
    | NonNullable<Service[Name]>
    | undefined
} & { readonly languages: string[] }

/**
 * What was said of a service, as a row has it.
 * @throws Problem not-found for an organisation of elsewhere; invalid-input `area` where people are sheltered or no such
 * place is known, `public` where people are sheltered
 */
export async function rowOf(read: Read, organisation: string, kind: ServiceKind, said: Said, pack: CountryPack) {
  const found = await store.find(read, organisation)
  if (!found) throw notFound()
  const sheltered = isSheltered(found.kind as OrganisationKind, kind)
  const wrong = (field: string, code: string) => new Problem('invalid-input', [{ field, code }])
  if (said.area !== undefined) {
    if (sheltered) throw wrong('area', 'sheltered')
    if (!pack.places.some(one => one.code === said.area)) throw wrong('area', 'not-offered')
  }
  if (sheltered && said.public) throw wrong('public', 'sheltered-public')
  const interprets = kind === 'interpretation'
  return {
    area: said.area ?? null,
    languages: said.languages,
    name: said.name ?? null,
    description: said.description ?? null,
    sexes: said.sexes ?? [],
    min_age: said.minAge ?? null,
    max_age: said.maxAge ?? null,
    with_children: said.withChildren ?? null,
    nationalities: said.nationalities ?? [],
    residence: said.residence ?? [],
    exploitation: said.exploitation ?? [],
    access_needs: said.accessNeeds ?? [],
    cost: said.cost ?? null,
    how_to_ask: said.howToAsk ?? [],
    hours: said.hours && said.hours.length > 0 ? JSON.stringify(said.hours) : null,
    open_on_holidays: said.openOnHolidays ?? false,
    interpreter_sexes: interprets ? (said.interpreterSexes ?? []) : [],
    vouched_by: interprets ? (said.vouchedBy ?? null) : null,
    public: said.public ?? false,
  }
}
