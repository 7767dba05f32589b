import type { Binding } from '#platform/http/handle.ts'
import { notes } from './notes.ts'
import { write } from './write.ts'

export { healthHanded } from './handed.ts'

export const bindings: readonly Binding[] = [notes, write]
