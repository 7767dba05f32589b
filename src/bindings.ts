import { bindings as care } from '#capabilities/care/server/index.ts'
import { bindings as cases } from '#capabilities/cases/server/index.ts'
import { bindings as consent } from '#capabilities/consent/server/index.ts'
import { bindings as directory } from '#capabilities/directory/server/index.ts'
import { bindings as health } from '#capabilities/health/server/index.ts'
import { bindings as justice } from '#capabilities/justice/server/index.ts'
import { bindings as matching } from '#capabilities/matching/server/index.ts'
import { bindings as oversight } from '#capabilities/oversight/server/index.ts'
import { bindings as referrals } from '#capabilities/referrals/server/index.ts'
import { bindings as screening } from '#capabilities/screening/server/index.ts'
import { bindings as situation } from '#capabilities/situation/server/index.ts'
import { bindings as tasks } from '#capabilities/tasks/server/index.ts'
import { bindings as visits } from '#capabilities/visits/server/index.ts'
import { bindings as auth, demonstrationBindings } from '#platform/auth/server/index.ts'
import type { Config } from '#platform/config/config.ts'
import type { Binding } from '#platform/http/handle.ts'
import { bindings as notify } from '#platform/notify/server/index.ts'
import { bindings as sync } from '#platform/sync/server/index.ts'

/** Every operation that this installation serves. Demonstration sign-in is not even mounted in production. */
export const allBindings = (config: Config): readonly Binding[] => [
  ...auth,
  ...demonstrationBindings(config),
  ...sync,
  ...notify,
  ...directory,
  ...consent,
  ...cases,
  ...screening,
  ...referrals,
  ...oversight,
  ...care,
  ...health,
  ...justice,
  ...matching,
  ...visits,
  ...tasks,
  ...situation,
]
