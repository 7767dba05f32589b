import { attachTo } from '#platform/files/server/attached/attached.ts'
import type { Binding } from '#platform/http/handle.ts'
import { attach, readFile } from './files.ts'
import { notes } from './notes.ts'
import { shelf } from './shelf.ts'
import type { FileRow } from './store.ts'
import { write } from './write.ts'

export { fileHanded, healthHanded } from './handed.ts'

attachTo<FileRow>(shelf.table, {
  events: { ready: 'health.file-kept', refused: 'health.file-refused', quarantined: 'health.file-held' },
  of: row => ({ case: row.case_id, compartment: shelf.compartment }),
})

export const bindings: readonly Binding[] = [notes, write, attach, readFile]
