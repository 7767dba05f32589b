import type { Binding } from '../../http/handle.ts'
import { deliver } from './deliver.ts'
import { listDevices, listOfAccount, revoke, revokeOf } from './devices.ts'
import { hello } from './hello.ts'
import { pull, rows } from './pull.ts'
import { discard, listQuarantine, release } from './quarantine.ts'
import { register } from './register.ts'

export const bindings: readonly Binding[] = [
  register,
  listDevices,
  revoke,
  listOfAccount,
  revokeOf,
  hello,
  deliver,
  listQuarantine,
  release,
  discard,
  pull,
  rows,
]
