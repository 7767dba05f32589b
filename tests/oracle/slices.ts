import { ofAttachments } from './attachments.ts'
import { ofDirectory } from './directory.ts'
import { ofEscalation } from './escalation.ts'
import { ofHealth } from './health.ts'
import { ofJustice } from './justice.ts'
import { ofMatching } from './matching.ts'
import type { Standing, Target, Verdict } from './oracle.ts'
import { ofOversight } from './oversight.ts'
import { ofPerformance } from './performance.ts'
import { ofRounds } from './rounds.ts'
import { ofSituation } from './situation.ts'
import { ofTasks } from './tasks.ts'
import { ofVisits } from './visits.ts'
import type { Person } from './world.ts'

/** Slices that say of their own operations who may; undefined of everybody else's. */
export const slices: readonly ((
  person: Person,
  operation: string,
  it: Standing | undefined,
  target: Target,
) => Verdict | undefined)[] = [
  ofOversight,
  ofJustice,
  ofTasks,
  ofMatching,
  ofVisits,
  ofDirectory,
  ofRounds,
  ofSituation,
  ofPerformance,
  ofHealth,
  ofEscalation,
  ofAttachments,
]
