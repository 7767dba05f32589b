import type { Read } from '#platform/db/context.ts'
import type { Kept } from '#platform/http/handle.ts'
import type { Actor } from '#platform/policy/decide.ts'
import { ofTheUnit } from '#platform/policy/roles.ts'
import { listOwnVersions } from './store.ts'

/** The cases that somebody of the unit keeps on a phone: those they made. Officers open no case, only their screenings. */
export const listKept = async (read: Read, actor: Actor, limit: number): Promise<readonly Kept[]> =>
  ofTheUnit.has(actor.role) ? listOwnVersions(read, actor.user, limit) : []
