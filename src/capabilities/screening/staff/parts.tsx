// What other screens may show of screenings.
export { ScreeningsOfCase } from './unit/OfCase.tsx'
