import type { TaskMove, TaskState } from './contract.ts'

/** State → what may be done next. Nothing that ended goes on, but what was done today by mistake. */
const next = {
  open: ['take', 'finish', 'drop', 'give'],
  taken: ['finish', 'drop', 'give'],
  done: ['undo'],
  'not-needed': [],
} as const satisfies Record<TaskState, readonly TaskMove[]>

export const movesIn = (state: TaskState): readonly TaskMove[] => next[state]
