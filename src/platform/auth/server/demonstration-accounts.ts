import { handle } from '../../http/handle.ts'
import type { Role } from '../../policy/roles.ts'
import { notFound } from '../../problem/problem.ts'
import { demonstration } from '../contract.ts'
import { policy } from '../policy.ts'
import { demonstrationPeople } from './store.ts'
import { isLoopback } from './throttle.ts'

export const demonstrationAccounts = handle(demonstration.accounts, policy, {
  signIn: true,
  run: async ({ read, services, remote }) => {
    if (services.config.mode !== 'demonstration' || !isLoopback(remote)) throw notFound()
    const people = new Map<string, { id: string; name: string; roles: Role[]; organisation: string }>()
    for (const { id, name, role, organisation } of await demonstrationPeople(read)) {
      const known = people.get(id)
      if (known) known.roles.push(role)
      else people.set(id, { id, name, roles: [role], organisation })
    }
    return { items: [...people.values()] }
  },
})
