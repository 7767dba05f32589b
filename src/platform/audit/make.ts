import { uuidv7 } from '#platform/crypto/random.ts'
import type { AuditEvent } from './event.ts'

/** An event for specs: a case read by its coordinator, with an id of its own. */
export function makeEvent(over: Partial<AuditEvent> = {}): AuditEvent {
  return {
    id: uuidv7(),
    at: new Date().toISOString(),
    actor: uuidv7(),
    role: 'coordinator',
    organisation: null,
    operation: 'cases.read',
    event: 'case.read',
    case: uuidv7(),
    compartments: ['ID'],
    purpose: 'assistance',
    basis: null,
    outcome: 'done',
    request: uuidv7(),
    ...over,
  }
}
