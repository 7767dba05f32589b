import type { AssessmentForm } from '../form.ts'
import { providerCare } from './provider-care.ts'
import { providerHouse } from './provider-house.ts'

/** How one organisation that gives help is looked at, with its own people. */
export const providerForm: AssessmentForm = {
  version: '1',
  title: { en: 'How an organisation helps', es: 'Cómo ayuda una organización' },
  standards: { ...providerCare, ...providerHouse },
}
