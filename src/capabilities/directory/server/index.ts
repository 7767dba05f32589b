import type { Binding } from '#platform/http/handle.ts'
import { change } from './change.ts'
import { country } from './country.ts'
import { create } from './create.ts'
import { endOnCall } from './end-on-call.ts'
import { bringHsds } from './exchange/bring-hsds.ts'
import { brought } from './exchange/brought.ts'
import { checkHsds } from './exchange/check-hsds.ts'
import { exportHsds } from './exchange/export-hsds.ts'
import { publish } from './exchange/publish.ts'
import { unlisted } from './exchange/unlisted.ts'
import { get } from './get.ts'
import { list } from './list.ts'
import { putOnCall } from './put-on-call.ts'
import { changeService } from './services/change-service.ts'
import { countPlaces } from './services/count-places.ts'
import { offer } from './services/offer.ts'
import { services } from './services/services.ts'
import { setPlaces } from './services/set-places.ts'
import { withdraw } from './services/withdraw.ts'

export { listAlike, listBehind, listOffered } from './candidates/store.ts'
export { placesByArea, servicesByArea } from './counts/store.ts'
export { type Reading, readingOf } from './open/reading.ts'
export { findService, givePlaceBack, offersOf, openingOf, takePlace } from './services/store.ts'
export { find as findOrganisation, listOnCallNow } from './store.ts'

export const bindings: readonly Binding[] = [
  list,
  get,
  create,
  change,
  services,
  offer,
  changeService,
  withdraw,
  setPlaces,
  countPlaces,
  checkHsds,
  bringHsds,
  exportHsds,
  unlisted,
  publish,
  brought,
  putOnCall,
  endOnCall,
  country,
]
