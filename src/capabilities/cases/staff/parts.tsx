// What other slices' screens and the shell may show of a case.
export { Attachments } from './Attachments.tsx'
export { Decision } from './Decision.tsx'
export { History } from './History.tsx'
export { ConflictsOfCase, MyConflicts } from './identity/Waiting.tsx'
export { Notes } from './Notes.tsx'
export { Overview } from './Overview.tsx'
export { Person } from './Person.tsx'
export { IdentificationTag, StatusTag, UrgencyTag } from './tags.tsx'
