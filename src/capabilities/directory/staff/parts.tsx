// What other screens may show of the country and its organisations.
export { Hotlines } from './country/Hotlines.tsx'
export { UrgentSteps } from './country/UrgentSteps.tsx'
export { textIn, useCountry } from './country/use-country.ts'
export { useNames } from './country/use-names.ts'
export { OnCallNow } from './OnCallNow.tsx'
