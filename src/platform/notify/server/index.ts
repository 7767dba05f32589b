import type { Binding } from '../../http/handle.ts'
import { choice, choose, standing } from './choice.ts'

export { mailJob } from './send.ts'
export { type Addressee, enqueue, listPeople, tell } from './store.ts'

export const bindings: readonly Binding[] = [choice, choose, standing]
