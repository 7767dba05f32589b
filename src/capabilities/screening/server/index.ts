import type { Binding } from '#platform/http/handle.ts'
import { complete } from './complete.ts'
import { list } from './list.ts'
import { ofCase } from './of-case.ts'
import { read } from './read.ts'
import { record } from './record.ts'

export const bindings: readonly Binding[] = [record, list, read, ofCase, complete]
