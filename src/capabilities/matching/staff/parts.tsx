// What the shell may show of this slice.
export { LedBanner } from './LedBanner.tsx'
export { MatchingOfCase } from './OfCase.tsx'
