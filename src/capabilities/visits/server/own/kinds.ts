import type { BodyKind } from '#platform/country/vocabulary.ts'

// Whoever reads over a shoulder learns of no name, no police and no shelter: who may know is told by the kind of help.
const kinds: Partial<Record<BodyKind, string>> = {
  'competent-authority': 'decides',
  'task-force': 'decides',
  health: 'health',
  'legal-aid': 'law',
  ngo: 'helps',
  shelter: 'helps',
  'child-protection': 'children',
  school: 'school',
}

/** A kind of organisation as the person's own page says it: `visit.kind.<this>`. */
export const kindOfHelp = (kind: string | undefined): string => kinds[kind as BodyKind] ?? 'office'
