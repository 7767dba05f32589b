import { keepCopies } from '#platform/files/server/claims.ts'
import type { Binding } from '#platform/http/handle.ts'
import { addAction } from './actions/add.ts'
import { dropAction, finishAction } from './actions/end.ts'
import { actions } from './actions/list.ts'
import { make } from './begin.ts'
import { coverage } from './coverage/count.ts'
import { drop } from './drop.ts'
import { handIn } from './hand-in.ts'
import { list } from './list.ts'
import { coverageReport, report } from './paper/report.ts'
import { addPicture, picture } from './pictures/pictures.ts'
import { keptPictures } from './pictures/store.ts'
import { read } from './read.ts'
import { finish, settle } from './settle.ts'

keepCopies(keptPictures)

export const bindings: readonly Binding[] = [
  list,
  read,
  make,
  handIn,
  settle,
  finish,
  drop,
  addAction,
  actions,
  finishAction,
  dropAction,
  addPicture,
  picture,
  coverage,
  coverageReport,
  report,
]
