// What the case page shows of health.
export { HealthOfCase } from './HealthOfCase.tsx'
