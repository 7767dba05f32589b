import type { Screen } from '../../../staff/screens.ts'

export const screens: readonly Screen[] = []
