/** A number, however it is written, as an address that a phone dials. */
export const dial = (number: string): string => `tel:${number.replaceAll(/[^+\d*#]/g, '')}`
