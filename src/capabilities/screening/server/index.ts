import type { Binding } from '#platform/http/handle.ts'
import { complete } from './complete.ts'
import { checkSheet } from './instruments/check-sheet.ts'
import { exportInstrument, xform } from './instruments/export.ts'
import { importInstrument } from './instruments/import-instrument.ts'
import { instruments } from './instruments/list.ts'
import { publishInstrument } from './instruments/publish.ts'
import { readInstrument } from './instruments/read.ts'
import { withdrawInstrument } from './instruments/withdraw.ts'
import { interviews } from './interviews/list.ts'
import { override } from './interviews/override.ts'
import { interview } from './interviews/record.ts'
import { list } from './list.ts'
import { ofCase } from './of-case.ts'
import { read } from './read.ts'
import { record } from './record.ts'

export { type AccountOfPerson, accountOfPerson } from './for-the-person.ts'

export const bindings: readonly Binding[] = [
  record,
  list,
  read,
  ofCase,
  complete,
  instruments,
  readInstrument,
  checkSheet,
  importInstrument,
  publishInstrument,
  withdrawInstrument,
  exportInstrument,
  xform,
  interview,
  interviews,
  override,
]
