import type { TextVersion } from '../contract.ts'

// Calm line drawings, one a paragraph, so that who cannot read can follow. Ours; drawn in the colour of the text.

const shoulders = (x: number, y: number, half: number) =>
  `M${x - half} ${y}c0-${half * 0.75} ${half * 0.4}-${half} ${half}-${half}s${half} ${half * 0.25} ${half} ${half}`
const head = (x: number, y: number, r: number) => `M${x - r} ${y}a${r} ${r} 0 1 0 ${r * 2} 0a${r} ${r} 0 1 0-${r * 2} 0`
const bubble = 'M9 8h30a4 4 0 0 1 4 4v17a4 4 0 0 1-4 4H23l-9 8v-8H9a4 4 0 0 1-4-4V12a4 4 0 0 1 4-4z'

const drawings = {
  /** somebody says who they are */
  talking: [
    head(16, 18, 6),
    shoulders(16, 41, 11),
    'M29 7h12a2.500 2.500 0 0 1 2.500 2.500v8A2.500 2.500 0 0 1 41 20h-6l-4.500 4v-4H29a2.500 2.500 0 0 1-2.500-2.500v-8A2.500 2.500 0 0 1 29 7zM32 12h6M32 15.500h4',
  ],
  /** an open hand: stop, whenever you like */
  hand: [
    'M16 27V13.500a2.600 2.600 0 0 1 5.200 0V22M21.200 22V9.600a2.600 2.600 0 0 1 5.200 0V22M26.400 22V12a2.600 2.600 0 0 1 5.200 0v11.500M31.600 23.500V17a2.600 2.600 0 0 1 5.200 0v12c0 8-5 13-11.500 13-5.300 0-8.600-2.400-11-6.600L9.600 28a2.700 2.700 0 0 1 4.500-3l1.900 2',
  ],
  lock: [
    'M14 21h20a4 4 0 0 1 4 4v12a4 4 0 0 1-4 4H14a4 4 0 0 1-4-4V25a4 4 0 0 1 4-4zM16 21v-5a8 8 0 0 1 16 0v5M24 29v4.500',
  ],
  /** several people without a face: they are counted only */
  count: [
    head(10, 19, 4),
    shoulders(10, 33, 6.5),
    head(24, 19, 4),
    shoulders(24, 33, 6.5),
    head(38, 19, 4),
    shoulders(38, 33, 6.5),
    'M8 40.500h32',
  ],
  /** a life buoy: help has to come */
  help: [
    'M24 8a16 16 0 1 0 0 32 16 16 0 0 0 0-32zM24 17.500a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13zM12.700 12.700l6.700 6.700M28.600 28.600l6.700 6.700M35.300 12.700l-6.700 6.700M19.400 28.600l-6.700 6.700',
  ],
  /** a coin, struck through: it costs nothing */
  free: [
    'M24 9a15 15 0 1 0 0 30 15 15 0 0 0 0-30zM28.500 19c-1-1.600-2.600-2.300-4.500-2.300-2.500 0-4.300 1.300-4.300 3.500 0 5 9 2.500 9 7.500 0 2.300-1.900 3.700-4.700 3.700-2.200 0-4-.9-4.900-2.600M24 14v2.700M24 31.400V34',
    'M8 40 40 8',
  ],
  question: [bubble, 'M20 17.600a4.100 4.100 0 1 1 5.800 3.700c-1.200.6-1.800 1.400-1.800 2.700M24 27.600v.2'],
  /** one tells another */
  tell: [
    head(11, 18, 5),
    shoulders(11, 39, 8.5),
    head(37, 18, 5),
    shoulders(37, 39, 8.5),
    'M19.500 15h8.500M25 11.500l3.500 3.500-3.500 3.500',
  ],
  /** a list: this yes, that no */
  choose: [
    'M11 6h26a3 3 0 0 1 3 3v30a3 3 0 0 1-3 3H11a3 3 0 0 1-3-3V9a3 3 0 0 1 3-3z',
    'M14 17l2.800 2.800 5-5.600M27 17h7M14.500 28.500l6 6M20.500 28.500l-6 6M27 31.500h7',
  ],
  /** yes to one, no to another */
  either: [
    'M13.500 13a10.500 10.500 0 1 0 0 21 10.500 10.500 0 0 0 0-21zM9 23.800l3.300 3.300 5.700-6.500M34.500 13a10.500 10.500 0 1 0 0 21 10.500 10.500 0 0 0 0-21zM31 20l7 7M38 20l-7 7',
  ],
  /** the way back */
  back: ['M17 9 8 18l9 9M8 18h20.500a11 11 0 0 1 0 22H18'],
  /** a word that nobody asks for here */
  unsaid: [bubble, 'M18.500 15l11 11M29.500 15l-11 11'],
  /** a hand that holds: help goes on */
  hands: [
    'M5 31.500c4.500-4 9-4.500 13-1.500l3.500 2.500h6a3 3 0 0 1 0 6H20M29.500 35l8.500-5.200a3 3 0 0 1 3.300 5L30.500 42c-2 1.300-4.200 1.600-6.500 1L12.500 40H5M24 23c-6-4.500-9-7.300-9-11.200a5 5 0 0 1 9-3 5 5 0 0 1 9 3c0 3.900-3 6.700-9 11.200z',
  ],
  /** a door that opens */
  door: ['M11 42V7h22v35M11 42V7l13 5.500V42M19.500 26v3M5 42h6M24 42h19'],
  telephone: [
    'M14.500 7l6 8.500-4 4.500c2 5 6.500 9.500 11.500 11.500l4.500-4L41 33.500c0 5-3.500 8-7.500 8C20 41.500 6.500 28 6.500 14.500c0-4 3-7.500 8-7.500z',
  ],
} as const satisfies Record<string, readonly string[]>
export type PictureName = keyof typeof drawings

/** Which drawing stands beside which paragraph. */
export const picturesOf: Record<TextVersion, readonly PictureName[]> = {
  'limits-1': ['talking', 'hand', 'lock', 'count', 'help', 'free', 'question'],
  'sharing-1': ['tell', 'choose', 'either', 'back', 'unsaid', 'question'],
  'withdrawing-1': ['back', 'hands', 'door'],
  'police-1': ['unsaid', 'choose', 'hands', 'hand', 'back', 'lock', 'question'],
}

/** Beside words that say the same: screen readers skip it. */
export function Picture({ name, small }: { name: PictureName; small?: boolean }) {
  return (
    <svg viewBox="0 0 48 48" className={small ? 'picture-small' : 'picture'} aria-hidden="true" focusable="false">
      {drawings[name].map(path => (
        <path key={path} d={path} />
      ))}
    </svg>
  )
}
