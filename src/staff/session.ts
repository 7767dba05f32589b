import { createContext, use } from 'react'
import type { auth } from '#platform/auth/contract.ts'
import type { Answer } from '#platform/contract/client.ts'
import type { Role } from '#platform/policy/roles.ts'
import type { LanguageCode } from '#platform/words/words.ts'

export type Me = Answer<typeof auth.me>

/** Who is signed in and in which role; screens stand below it. */
export interface SessionValue {
  readonly me: Me
  readonly role: Role
  readonly organisation: { readonly id: string; readonly name: string; readonly kind: string }
  readonly country: string
  readonly onLanguage: (lang: LanguageCode) => void
}

/** Roles that work at a desk: denser pages, and words that who never opens one never fetches. */
export const deskRoles: ReadonlySet<Role> = new Set<Role>([
  'intake',
  'coordinator',
  'decision-maker',
  'administrator',
  'supervisor',
  'data-protection-officer',
  'investigator',
  'prosecutor',
  'secretariat',
])

/** Roles whose work may wait for signal on a phone; the rule is the server's (src/platform/sync/policy.ts). */
export const carriers: ReadonlySet<Role> = new Set<Role>(['officer', 'intake'])

const Context = createContext<SessionValue | null>(null)
export const SessionProvider = Context

/** The signed-in person. Only below the signed-in part of the app. */
export function useSession(): SessionValue {
  const value = use(Context)
  if (!value) throw new Error('useSession needs somebody signed in')
  return value
}

/** The session as screens need it, once a role is active. */
export function sessionOf(me: Me, onLanguage: SessionValue['onLanguage']): SessionValue | undefined {
  const assignment = me.assignments.find(one => one.id === me.current?.assignment)
  if (!assignment) return undefined
  return { me, role: assignment.role, organisation: assignment.organisation, country: assignment.country, onLanguage }
}
