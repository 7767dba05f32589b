import { useQuery } from '@tanstack/react-query'
import type { PlaceKind, ServiceKind } from '#capabilities/directory/contract.ts'
import type { Urgency } from '#platform/country/vocabulary.ts'
import { call } from '../../../staff/api.ts'
import { match } from '../contract-match.ts'

interface Asked {
  readonly service: string
  readonly urgency: string
  readonly place: string
  readonly area: string
  readonly language: string
}
/** Who could help the person of a case, in order. What was found stays on the screen while it is looked for anew. */
export const useMatch = (of: string, asked: Asked) =>
  useQuery({
    queryKey: [match.services.id, of, asked],
    queryFn: ({ signal }) =>
      call(match.services, {
        params: { case: of },
        body: {
          service: asked.service as ServiceKind,
          urgency: asked.urgency as Urgency,
          ...(asked.place ? { place: asked.place as PlaceKind } : {}),
          ...(asked.area ? { area: asked.area } : {}),
          ...(asked.language ? { language: asked.language } : {}),
        },
        signal,
      }),
    enabled: asked.service !== '',
    placeholderData: kept => kept,
  })
