import { all, any, charge, each, of, type Said, services, when } from './said-words.ts'

// What health workers write: theirs who treat the person; read by who else cares for them, where the person agreed.

const treats = all(of('provider'), it => it.known && it.accepted && it.usable)
const cares = any(
  charge,
  all(services, it => it.known && it.accepted),
)
export const healthSaid: Readonly<Record<string, Said>> = {
  ...each('health.write', when(treats, 'HLT')),
  'health.notes': when(
    any(
      treats,
      all(cares, it => it.demanded),
    ),
    'HLT',
  ),
}
