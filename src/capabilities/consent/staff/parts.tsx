// What other screens may show of consent.
export { AgreedOfCase } from './Agreed.tsx'
export { TextToRead } from './TextToRead.tsx'
