// What other screens may show of screenings.
export { InterviewsOfCase } from './interviews/InterviewsOfCase.tsx'
export { ScreeningsOfCase } from './unit/OfCase.tsx'
