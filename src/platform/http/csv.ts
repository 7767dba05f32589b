/**
 * One CSV line (RFC 4180). A value that a spreadsheet would take for a formula gets a leading apostrophe
 * (ASVS 1.2.10).
 */
export const csvLine = (values: readonly (string | number | boolean | Date | null)[]): string =>
  `${values.map(cell).join(',')}\r\n`

function cell(value: string | number | boolean | Date | null): string {
  if (value === null) return ''
  if (value instanceof Date) return value.toISOString()
  if (typeof value !== 'string') return String(value)
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
