/** Bytes as a person says them. */
export function sizeText(bytes: number, number: (value: number, shape?: Intl.NumberFormatOptions) => string): string {
  const [value, unit] = bytes < 1e6 ? [Math.max(1, bytes / 1e3), 'kilobyte'] : [bytes / 1e6, 'megabyte']
  return number(value, { style: 'unit', unit, maximumFractionDigits: value < 10 ? 1 : 0 })
}
