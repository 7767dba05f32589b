// What the case page shows of the care.
export { Closing } from './Closing.tsx'
export { CareOfCase } from './OfCase.tsx'
