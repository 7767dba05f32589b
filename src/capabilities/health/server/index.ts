import { attachTo } from '#platform/files/server/attached/attached.ts'
import type { Binding } from '#platform/http/handle.ts'
import { attach, readFile } from './files.ts'
import { notes } from './notes.ts'
import { shelf } from './shelf.ts'
import { write } from './write.ts'

export { fileHanded, healthHanded } from './handed.ts'

attachTo(shelf, {
  ready: 'health.file-kept',
  refused: 'health.file-refused',
  quarantined: 'health.file-held',
})

export const bindings: readonly Binding[] = [notes, write, attach, readFile]
