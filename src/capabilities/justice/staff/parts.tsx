// What the shell may show of this slice.
export { GivenOfCase } from './GivenOfCase.tsx'
