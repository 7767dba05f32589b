// What other screens may show of consent.
export { TextToRead } from './TextToRead.tsx'
