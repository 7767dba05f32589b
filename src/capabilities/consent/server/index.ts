import type { Binding } from '#platform/http/handle.ts'
import { give } from './give.ts'
import { list } from './list.ts'
import { notifications } from './notifications.ts'
import { notify } from './notify.ts'
import { refuse } from './refuse.ts'
import { withdraw } from './withdraw.ts'

export { ledgerOf, withdrawOwn } from './own.ts'
export { recordLimitsTold, recordToPolice } from './record.ts'
export { agreedFor, agreedLast, findLive as findLiveConsent } from './store.ts'

export const bindings: readonly Binding[] = [give, refuse, withdraw, list, notify, notifications]
