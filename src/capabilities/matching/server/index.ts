import type { Binding } from '#platform/http/handle.ts'
import type { Job } from '#platform/jobs/jobs.ts'
import { answerMerge } from './answer-merge.ts'
import { compare } from './compare.ts'
import { compareJob } from './comparing.ts'
import { history } from './history.ts'
import { judge } from './judge.ts'
import { link } from './link.ts'
import { list } from './list.ts'
import { ofCase } from './of-case.ts'
import { proposeMerge } from './propose-merge.ts'
import { unlink } from './unlink.ts'
import { unmerge } from './unmerge.ts'

export const bindings: readonly Binding[] = [
  list,
  compare,
  judge,
  ofCase,
  history,
  proposeMerge,
  answerMerge,
  unmerge,
  link,
  unlink,
]
export const jobs: readonly Job[] = [compareJob]
