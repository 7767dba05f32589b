import type { Call } from '#platform/contract/client.ts'
import type { directory, Opening, Service } from '../../contract.ts'

/** A service as it is being typed. */
export interface ServiceDraft {
  kind: string
  name: string
  description: string
  area: string
  languages: readonly string[]
  sexes: readonly string[]
  minAge: string
  maxAge: string
  children: string
  residence: readonly string[]
  exploitation: readonly string[]
  accessNeeds: readonly string[]
  cost: string
  howToAsk: readonly string[]
  hours: readonly Opening[]
  holidays: boolean
  interpreterSexes: readonly string[]
  vouchedBy: string
  public: boolean
}

export const emptyDraft = (languages: readonly string[]): ServiceDraft => ({
  kind: '',
  name: '',
  description: '',
  area: '',
  languages,
  sexes: [],
  minAge: '',
  maxAge: '',
  children: '',
  residence: [],
  exploitation: [],
  accessNeeds: [],
  cost: '',
  howToAsk: ['in-samaan'],
  hours: [],
  holidays: false,
  interpreterSexes: [],
  vouchedBy: '',
  public: false,
})

export const draftOf = (one: Service): ServiceDraft => ({
  kind: one.kind,
  name: one.name ?? '',
  description: one.description ?? '',
  area: one.area ?? '',
  languages: one.languages,
  sexes: one.sexes,
  minAge: one.minAge === null ? '' : String(one.minAge),
  maxAge: one.maxAge === null ? '' : String(one.maxAge),
  children: one.withChildren === null ? '' : one.withChildren ? 'yes' : 'no',
  residence: one.residence,
  exploitation: one.exploitation,
  accessNeeds: one.accessNeeds,
  cost: one.cost ?? '',
  howToAsk: one.howToAsk,
  hours: one.hours ?? [],
  holidays: one.openOnHolidays,
  interpreterSexes: one.interpreterSexes,
  vouchedBy: one.vouchedBy ?? '',
  public: one.public,
})

type Said = Call<typeof directory.changeService>['body']
const words = (text: string) => text.trim().normalize('NFC')

/** The draft as the server takes it: what was left empty is left out. */
export function wire(draft: ServiceDraft, hidden: boolean, nationalities: readonly string[]): Said {
  const [name, description, vouchedBy] = [words(draft.name), words(draft.description), words(draft.vouchedBy)]
  return {
    languages: [...draft.languages],
    ...(name && { name }),
    ...(description && { description }),
    ...(draft.area && !hidden && { area: draft.area }),
    sexes: [...draft.sexes],
    ...(draft.minAge.trim() && { minAge: Number(draft.minAge) }),
    ...(draft.maxAge.trim() && { maxAge: Number(draft.maxAge) }),
    ...(draft.children && { withChildren: draft.children === 'yes' }),
    // Not asked on this form: whoever brought it from elsewhere keeps it.
    nationalities: [...nationalities],
    residence: [...draft.residence],
    exploitation: [...draft.exploitation],
    accessNeeds: [...draft.accessNeeds],
    ...(draft.cost && { cost: draft.cost }),
    howToAsk: [...draft.howToAsk],
    hours: draft.hours.map(({ days, from, to }) => ({ days: [...days].sort(), from, to })),
    openOnHolidays: draft.holidays,
    interpreterSexes: [...draft.interpreterSexes],
    ...(vouchedBy && { vouchedBy }),
    public: draft.public && !hidden,
  } as Said
}
