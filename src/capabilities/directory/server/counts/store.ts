import { sql } from '#platform/db/builder.ts'
import type { Read } from '#platform/db/context.ts'

/** Services of one kind in one area. `sheltered`: they stand nowhere, and are counted in the whole country only. */
export interface ServiceCount {
  readonly area: string | null
  readonly sheltered: boolean
  readonly kind: string
  readonly count: number
}
export interface PlaceCount {
  readonly area: string | null
  readonly sheltered: boolean
  readonly kind: string
  readonly total: number
  readonly free: number
}

/** How many services answer, by the area that they say they are in. */
export const servicesByArea = (read: Read): Promise<ServiceCount[]> =>
  read.all(sql<ServiceCount>`select case when c.sheltered then null else c.area end as area, c.sheltered, c.kind, count(*)::int as count
    from (select s.area, s.kind, o.kind = 'shelter' or s.kind = 'safe-accommodation' as sheltered
      from directory.service s join directory.organisation o on o.id = s.organisation_id
      where s.active and o.active and o.country = (select current_setting('samaan.country', true))) c
    group by 1, 2, 3 order by 1, 2, 3`)

/** Sums of places: whose they are is not among them. */
export const placesByArea = (read: Read): Promise<PlaceCount[]> =>
  read.all(sql<PlaceCount>`select * from directory.places_by_area() order by 1, 2, 3`)
