import { assessmentOperations } from './contract-assessment.ts'
import { closingOperations } from './contract-closing.ts'
import { planOperations } from './contract-plan.ts'

/** From the first assessment to the last contact. */
export const care = { ...assessmentOperations, ...planOperations, ...closingOperations }
