import { stale as ofCase } from '../stale.ts'

/** Operations whose answers a change of who the person is makes old. */
export const stale = [
  ...ofCase,
  'cases.identity',
  'cases.conflicts',
  'cases.myConflicts',
  'screening.read',
  'screening.list',
] as const
