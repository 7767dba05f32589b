/** What came of a service, in the words of who gave it. */
export const outcomes = ['helped', 'helped-in-part', 'not-helped'] as const
/** Why a service ended before it was done. */
export const endReasons = ['person-left', 'person-declined', 'not-needed', 'not-possible', 'moved', 'other'] as const
