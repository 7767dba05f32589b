import type { Target, Verdict } from './oracle.ts'
import type { Person, Role } from './world.ts'

const keepsServices: ReadonlySet<Role> = new Set<Role>([
  'intake',
  'coordinator',
  'provider',
  'shelter-manager',
  'supervisor',
])
const byAdministrators: ReadonlySet<string> = new Set(
  ['create', 'change', 'checkHsds', 'bringHsds', 'exportHsds', 'unlisted', 'publish'].map(one => `directory.${one}`),
)
const byKeepers: ReadonlySet<string> = new Set(
  ['offer', 'changeService', 'withdraw', 'brought', 'putOnCall', 'endOnCall', 'setPlaces', 'countPlaces'].map(
    one => `directory.${one}`,
  ),
)

/** Everybody reads the directory; it is kept by who answers for it. */
export function ofDirectory(
  { role, organisation }: Person,
  operation: string,
  _it: unknown,
  target: Target,
): Verdict | undefined {
  const allowed = (yes: boolean): Verdict => (yes ? 'allow' : 'deny')
  if (byAdministrators.has(operation)) return allowed(role === 'administrator')
  if (byKeepers.has(operation)) {
    // How many are free is counted by who is there, and by nobody else.
    if (role === 'administrator') return allowed(!operation.endsWith('Places'))
    return allowed(keepsServices.has(role) && organisation === target.organisation)
  }
  return /^directory\.(country|list|services|get)$/.test(operation) ? 'allow' : undefined
}
