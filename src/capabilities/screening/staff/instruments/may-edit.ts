import type { Role } from '#platform/policy/roles.ts'

/** Who is shown what changes an instrument; the server decides again. */
export const mayEdit = (role: Role): boolean => role === 'supervisor' || role === 'administrator'
