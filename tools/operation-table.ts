import type { Binding } from '#platform/http/handle.ts'

const endings = {
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/xml': 'xml',
  'application/pdf': 'pdf',
  'application/octet-stream': 'any',
} as const
const columns = ['operation', 'method', 'path', 'access', 'audit', 'purpose', 'flags'] as const

/**
 * Every operation in one line: what it is, who may (access), what is written down of it (audit; `-` when nothing is,
 * with the reason after the table), for which purposes, and whether it may wait offline, asks for an
 * `Idempotency-Key` or `If-Match`, or for a fresh proof.
 */
export function operationTable(bindings: readonly Binding[]): string {
  const rows = bindings.map(({ operation }) => [
    operation.id,
    operation.method,
    operation.path,
    operation.access,
    typeof operation.audit === 'string' ? operation.audit : '-',
    operation.purpose.join(' '),
    [
      operation.offline ? 'offline' : '',
      operation.kind === 'command' && operation.idempotent ? 'idempotent' : '',
      operation.kind === 'command' && operation.ifMatch ? 'ifMatch' : '',
      operation.stepUp === undefined ? '' : `stepUp=${operation.stepUp}`,
      'stream' in operation ? `stream=${String(operation.stream)}` : '',
      operation.file ? `file=${endings[operation.file]}` : '',
      operation.kind === 'command' && operation.largest ? `largest=${operation.largest}` : '',
    ]
      .filter(Boolean)
      .join(' ') || '-',
  ])
  rows.sort((a, b) => (a[0]! < b[0]! ? -1 : 1))
  const all = [[...columns], ...rows]
  const widths = columns.map((_, index) => Math.max(...all.map(row => row[index]!.length)))
  const lines = all.map(row =>
    row
      .map((cell, index) => cell.padEnd(widths[index]!))
      .join('  ')
      .trimEnd(),
  )
  const silent = bindings
    .filter(({ operation }) => typeof operation.audit !== 'string')
    .map(({ operation }) => `${operation.id}: ${(operation.audit as { none: string }).none}`)
    .sort()
  return `${lines.join('\n')}\n\nNot written down, because:\n${silent.join('\n')}\n`
}
