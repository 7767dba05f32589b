import type { Binding } from '#platform/http/handle.ts'
import { change } from './change.ts'
import { country } from './country.ts'
import { create } from './create.ts'
import { endOnCall } from './end-on-call.ts'
import { get } from './get.ts'
import { list } from './list.ts'
import { offer } from './offer.ts'
import { putOnCall } from './put-on-call.ts'
import { withdraw } from './withdraw.ts'

export { find as findOrganisation } from './store.ts'

export const bindings: readonly Binding[] = [list, get, create, change, offer, withdraw, putOnCall, endOnCall, country]
