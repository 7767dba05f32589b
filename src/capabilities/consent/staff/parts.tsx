// What other screens may show of consent.
export { AgreedOfCase } from './Agreed.tsx'
export { type HowSaid, HowSaidFields } from './HowSaidFields.tsx'
export { TextToRead } from './TextToRead.tsx'
