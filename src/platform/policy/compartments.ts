/** The seven compartments of a case (design, section 5) and the bit each has in a mask. */
export const compartments = ['ID', 'SVC', 'HLT', 'LOC', 'INV', 'WIT', 'STA'] as const
export type Compartment = (typeof compartments)[number]

export const bit = { ID: 1, SVC: 2, HLT: 4, LOC: 8, INV: 16, WIT: 32, STA: 64 } as const satisfies Record<
  Compartment,
  number
>

/** The mask of a list of compartments. */
export const maskOf = (list: readonly Compartment[]): number => list.reduce((mask, one) => mask | bit[one], 0)

/** The compartments in a mask, in the fixed order. */
export const compartmentsIn = (mask: number): Compartment[] => compartments.filter(one => (mask & bit[one]) !== 0)
