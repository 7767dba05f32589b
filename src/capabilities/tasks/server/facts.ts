import { caseFacts } from '#capabilities/cases/server/index.ts'
import { todayIn } from '#platform/clocks/today.ts'
import { dayNumber, instantOf } from '#platform/clocks/zone.ts'
import type { Read } from '#platform/db/context.ts'
import type { Services } from '#platform/http/services.ts'
import type { Task, TaskState } from '../contract.ts'
import type { TaskFacts } from '../policy.ts'
import * as store from './store.ts'

/** The moment at which a country's calendar day begins. */
export const midnightOf = (services: Pick<Services, 'packs'>, country: string, day: string): Date =>
  new Date(instantOf(services.packs.get(country)?.timeZone.value ?? 'UTC', dayNumber(day), 0))

export type LoadedTask = TaskFacts & { readonly row: store.TaskRow }

/** What a rule about one task needs to know, of a case whose facts are known. */
export const factsOf = (row: store.TaskRow, about: TaskFacts['about'], midnight: Date): LoadedTask => ({
  row,
  about,
  task: {
    state: row.state as TaskState,
    madeBy: row.made_by,
    role: row.role,
    account: row.account_id,
    organisation: row.organisation_id,
    endedBy: row.ended_by,
    endedToday: row.ended_at !== null && row.ended_at >= midnight,
  },
})

interface Asked {
  readonly read: Read
  readonly services: Pick<Services, 'packs'>
  readonly actor: { readonly country: string }
  readonly now: Date
  readonly input: { readonly params: { readonly task: string } }
}
/** The task that a request names, and its case. @throws Problem not-found where the fence shows none */
export async function taskFacts({ read, services, actor, now, input }: Asked): Promise<LoadedTask> {
  const row = await store.get(read, input.params.task)
  const about = row.case_id === null ? undefined : await caseFacts(read, row.case_id)
  return factsOf(row, about, midnightOf(services, actor.country, todayIn(services as Services, actor.country, now)))
}

/** Whether it is late: a day when it has ended, an instant when it is past. */
export const isLate = (due: string, day: string, now: Date): boolean =>
  due.length === 10 ? due < day : due < now.toISOString()

/** A task as the page of its case shows it, without its words. */
export const toTask = (row: store.TaskRow, day: string, now: Date, moves: Task['moves']): Task => {
  const due = row.due_at?.toISOString() ?? (row.due_on as unknown as string)
  return {
    id: row.id,
    kind: row.kind as Task['kind'],
    state: row.state as TaskState,
    role: row.role as Task['role'],
    organisation: row.organisation,
    name: row.name,
    due,
    overdue: row.ended_at === null && isLate(due, day, now),
    urgency: row.urgency as Task['urgency'],
    byName: row.by_name ?? '',
    at: row.made_at.toISOString(),
    returned: row.returned,
    reason: row.reason as Task['reason'],
    endedAt: row.ended_at?.toISOString() ?? null,
    endedName: row.ended_name,
    moves,
    version: row.version,
  }
}
