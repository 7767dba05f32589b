// Whom a service is for. What is not said asks for nothing.
export const servedSexes = ['female', 'male', 'other'] as const
export const residences = ['citizen', 'resident', 'visa', 'irregular', 'asylum-seeker'] as const
export const servedExploitation = ['labour', 'sexual', 'other'] as const
export const accessNeeds = ['step-free', 'bathroom', 'sign-language', 'easy-words', 'home-visits'] as const
export const costs = ['free', 'reduced', 'full'] as const
export const waysToAsk = ['in-samaan', 'call', 'walk-in', 'appointment', 'letter'] as const
/** For whom a place is: a room with children counts as one. */
export const placeKinds = ['woman', 'man', 'family', 'child', 'anybody'] as const
export type PlaceKind = (typeof placeKinds)[number]
