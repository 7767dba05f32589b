import type { Instrument } from '../instrument.ts'
import { borderCard } from './card-border.ts'
import { healthCard } from './card-health.ts'
import { labourCard } from './card-labour.ts'
import { policeCard } from './card-police.ts'
import { schoolCard } from './card-school.ts'
import { adultInterview, childInterview } from './interview.ts'
import { shortScreen } from './short-screen.ts'

/** What comes with the software; countries publish their own beside it. Plain data, for the server and the browser. */
export const shippedInstruments: readonly Instrument[] = [
  labourCard,
  borderCard,
  policeCard,
  healthCard,
  schoolCard,
  shortScreen,
  adultInterview,
  childInterview,
]
