// What goes on beside the identification procedure: each track has states of its own, and none waits for another. The
// criminal case is not among them. It lies behind the wall, in the justice slice; no screen of the care says whether
// there is one, nor whether the person has to do with it.

/** Which states follow which; the first of a track is where every case begins. */
export const trackMoves = {
  support: {
    'not-offered': ['offered'],
    offered: ['accepted', 'declined'],
    accepted: ['ended', 'declined'],
    declined: ['offered'],
    ended: ['offered'],
  },
  immigration: {
    'not-needed': ['needed'],
    needed: ['applied', 'not-needed'],
    applied: ['granted', 'refused'],
    granted: ['expired', 'applied'],
    refused: ['appealed', 'applied'],
    appealed: ['granted', 'refused'],
    expired: ['applied', 'not-needed'],
  },
  compensation: {
    'not-told': ['told'],
    told: ['wanted', 'not-wanted'],
    'not-wanted': ['wanted'],
    wanted: ['claimed', 'not-wanted'],
    claimed: ['awarded', 'not-awarded'],
    'not-awarded': ['claimed'],
    awarded: ['paid'],
    paid: [],
  },
  return: {
    'not-asked': ['wants-to-stay', 'wants-to-return'],
    'wants-to-stay': ['wants-to-return'],
    'wants-to-return': ['assessed', 'wants-to-stay'],
    assessed: ['prepared', 'wants-to-stay'],
    prepared: ['returned', 'wants-to-stay'],
    returned: ['reintegrated'],
    reintegrated: [],
  },
} as const satisfies Record<string, Readonly<Record<string, readonly string[]>>>

export const tracks = ['support', 'immigration', 'compensation', 'return'] as const
export type Track = (typeof tracks)[number]
/** Every state of every track, once. */
export const trackStates = [...new Set(tracks.flatMap(one => Object.keys(trackMoves[one])))] as [string, ...string[]]

/** Where a case begins. */
export const firstState = (track: Track): string => Object.keys(trackMoves[track])[0]!
/** What may follow; nothing after a state that the track does not have. */
export const statesAfter = (track: Track, state: string): readonly string[] =>
  (trackMoves[track] as Readonly<Record<string, readonly string[]>>)[state] ?? []
