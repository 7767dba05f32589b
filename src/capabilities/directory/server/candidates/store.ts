import { sql } from '#platform/db/builder.ts'
import type { Read } from '#platform/db/context.ts'
import type { PlaceKind, ServiceKind } from '../../contract.ts'
import type { OfferedService, Opening } from '../../contract-services.ts'
import { type At, isOpenIn, listServices, type Moment, momentOf } from '../services/store.ts'

/** What a person is measured against in a service. */
interface Said {
  /** All that is the same whoever asks, as one number of the database's; see `directory.note_alike`. */
  readonly alike: string
  /** It shelters people, and stands nowhere. */
  readonly hidden: boolean
  readonly area: string | null
  readonly languages: string[]
  readonly sexes: string[]
  readonly min_age: number | null
  readonly max_age: number | null
  readonly nationalities: string[]
  readonly hours: Opening[] | null
  readonly open_on_holidays: boolean
  /** Whether a place of the kind that is asked for is free; null: none are counted, or asked for. */
  readonly free: boolean | null
  /** The organisation, where it is one of those that are measured by themselves. */
  readonly apart: string | null
}
/** Services that are alike in everything that is measured, as one. */
export interface Alike {
  readonly id: string
  readonly organisation: { readonly id: string; readonly name: string }
  readonly area: string | null
  readonly languages: readonly string[]
  readonly sexes: readonly string[]
  readonly minAge: number | null
  readonly maxAge: number | null
  readonly nationalities: readonly string[]
  readonly open: boolean | null
  readonly places: readonly { readonly kind: string; readonly free: number }[]
  /** How many of them there are. */
  readonly count: number
  readonly said: Said
}

/** What is asked for. */
export interface Asked {
  readonly kind: ServiceKind
  readonly place?: PlaceKind | undefined
  /** Organisations whose services are not counted together with those of others. */
  readonly apart: readonly string[]
}
const said = sql`s.area, s.languages, s.sexes, s.min_age, s.max_age, s.nationalities, s.hours, s.open_on_holidays`

function alikeOf(said: Said, moment: Moment, of: Pick<Alike, 'id' | 'organisation' | 'count'>): Alike {
  const { languages, sexes, min_age: minAge, max_age: maxAge, nationalities, hours, free } = said
  const area = said.hidden ? null : said.area
  return {
    ...of,
    ...{ area, languages, sexes, minAge, maxAge, nationalities, said },
    open: isOpenIn(hours, said.open_on_holidays, moment),
    places: free === null ? [] : [{ kind: 'anybody', free: free ? 1 : 0 }],
  }
}

/**
 * The services of a kind that can be asked in the reader's country, those that are alike counted as one: of thousands that
 * leaves some dozens.
 */
export async function listAlike(read: Read, asked: Asked, at: At): Promise<readonly Alike[]> {
  const moment = momentOf(at)
  const { kind, place = null, apart } = asked
  // The columns are read behind the policies, one row at a time by its key.
  const rows = await read.all(sql<Said & { count: number }>`
    select g.alike::text, g.hidden, g.free, g.apart, g.count, s.*
    from directory.alike(${kind}, ${place}, ${apart}::uuid[]) g
    cross join lateral (select ${said} from directory.service s where s.id = g.one offset 0) s`)
  return rows.map(({ count, ...said }, n) =>
    alikeOf(said, moment, { id: String(n), organisation: { id: said.apart ?? '', name: '' }, count }),
  )
}

/** The services behind these, of each at most so many, by the name of who offers them. */
export async function listBehind(
  read: Read,
  asked: Asked,
  these: readonly Alike[],
  most: number,
  at: At,
): Promise<readonly Alike[]> {
  if (these.length === 0) return []
  const moment = momentOf(at)
  const { kind, place = null, apart } = asked
  const groups = JSON.stringify(
    these.map(({ said: { alike, hidden, free, apart } }) => ({ alike, hidden, free, apart })),
  )
  const rows = await read.all(sql<Said & { id: string; organisation: string; name: string }>`
    select g.id, g.alike::text, g.hidden, g.free, g.apart, s.*
    from directory.behind(${kind}, ${place}, ${apart}::uuid[], ${groups}::jsonb, ${most}::int) g
    cross join lateral (
      select o.id as organisation, o.name, ${said}
      from directory.service s join directory.organisation o on o.id = s.organisation_id
      where s.id = g.id offset 0) s`)
  return rows.map(({ id, organisation, name, ...said }) =>
    alikeOf(said, moment, { id, organisation: { id: organisation, name }, count: 1 }),
  )
}

/** These services as everybody of the country may read them, in this order. */
export async function listOffered(read: Read, ids: readonly string[], at: At): Promise<OfferedService[]> {
  if (ids.length === 0) return []
  const found = new Map((await listServices(read, { limit: ids.length, ids }, at)).map(one => [one.id, one]))
  return ids.flatMap(id => found.get(id) ?? [])
}
