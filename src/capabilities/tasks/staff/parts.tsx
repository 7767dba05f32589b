// What the case page shows of tasks.
export { TasksOfCase } from './TasksOfCase.tsx'
