import type { Binding } from '#platform/http/handle.ts'
import type { Job } from '#platform/jobs/jobs.ts'
import { drop, finish, give, take, undo } from './move.ts'
import { listOfCase, make, makeOwn, people } from './of-case.ts'
import { settleJob } from './settle.ts'
import { count, today } from './today.ts'

export { noticeJob } from './notice.ts'

export const bindings: readonly Binding[] = [
  today,
  count,
  listOfCase,
  people,
  make,
  makeOwn,
  take,
  finish,
  drop,
  give,
  undo,
]
export const jobs: readonly Job[] = [settleJob]
