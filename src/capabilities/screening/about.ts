// The words that may stand in an instrument's `about`, apart from the rest so that the officer's bundle stays small.

export const sectors = ['labour', 'border', 'police', 'health', 'school', 'any'] as const
export const persons = ['any', 'adult', 'child'] as const
/** V read in the source itself, V2 in a second source, G general knowledge. */
export const verifiedMarks = ['V', 'V2', 'G'] as const
export const validities = ['not-validated', 'validated'] as const
export const statuses = ['draft', 'published', 'withdrawn'] as const
