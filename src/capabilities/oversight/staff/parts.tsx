// What the shell may show of this slice.
export { CaseLog } from './CaseLog.tsx'
