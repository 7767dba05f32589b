/**
 * Why the sequencer refuses to sign. It signs nothing that contradicts what it signed before:
 * `rolled-back` the database is older than the checkpoint kept outside; `forked` it holds another history;
 * `damaged` tiles and checkpoint of the database do not agree; `unsigned` a checkpoint is not of this key and origin.
 */
export type AuditErrorCode = 'rolled-back' | 'forked' | 'damaged' | 'unsigned'

export class AuditError extends Error {
  readonly code: AuditErrorCode
  constructor(code: AuditErrorCode, message: string) {
    super(message)
    this.name = 'AuditError'
    this.code = code
  }
}
