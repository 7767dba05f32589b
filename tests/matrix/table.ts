/**
 * The access table of the design (§3.3), row by row, letters and marks as printed there, so that both can be held side
 * by side. C create · R read · U update · S share · X export · A approve · D erase · a only assigned · g own agency ·
 * c needs live consent or other basis · m masked · n numbers only · 2 second person · – none.
 */

import { RESOURCES, type Resource, type Role } from './vocabulary.ts'

/** Columns: report | screening | ID | SVC | HLT | LOC | INV | WIT | STA | consent | plan | … | keys (17). */
const ROWS = {
  'public-reporter': 'C R(own) | – | – | – | – | – | – | – | – | – | – | R public | – | – | – | – | –',
  survivor:
    '– | R(own) | R(own) | R(own) | R(own) | – | – | – | – | C U(own) | – | R public | – | R(own) | – | R(own file) | –',
  officer: 'C | C Ra Ua S | Ca Ra | – | – | – | – | – | Ca | Ca | – | Rn | R(own) | Ca | – | – | –',
  intake: 'R A U | C R g U S | C Ra Ua | – | – | – | – | – | C | Ca Ra | – | Rn | R | – | – | – | –',
  coordinator:
    'Ra | R U S A | Ra Ua Sc | Ra Ua Sc | Ra c | Ra | – | – | C U | C R U | – | Rn | R | C R | – | Ra(case log) | –',
  provider:
    '– | Ra A(accept) | Ra c | C Ra Ua | Ca Ra Ua (clinician) | – | – | – | Ca | Ca Ra | – | Rn | R | Ca | – | – | –',
  'shelter-manager':
    '– | Ra A | Ra c | Ca Ra Ua | Ra c | **C R U** own shelter | – | – | Ca | Ca Ra | – | Rn | R | Ca | – | – | –',
  transport: '– | – | Rm | – | – | R task ≤ 24 h | – | – | – | – | – | – | R | – | – | – | –',
  investigator:
    'Ra (released) | Ra m | Ra c | – | R c only by order | – | C Ra Ua Sg | C Ra | Ra | R | – | Rn | R | – | – | – | –',
  prosecutor: '– | Ra m | Ra c | – | R c by order | – | Ra | Ra 2 | – | R | – | Rn | R | – | – | – | –',
  supervisor:
    'g R | g R A | g R (audited) | g R if care agency | – | – | g R if police | – | g R | g R | U g | Rn g | R g | ' +
    'R g | g C U (no self) | R g | –',
  secretariat: '– | – | – | – | – | – | – | – | – | – | C R U A | Rn X | R | – | – | – | –',
  analyst: '– | – | – | – | – | – | – | – | R (pseudonymous, project-bound) | – | R | Rn X2 | – | – | – | – | –',
  trainer: '– | practice data only | – | – | – | – | – | – | – | – | – | R public | C R U / R(own) | – | – | – | –',
  'fund-officer': '– | R m | R m c | R m c | – | – | – | – | C | R | – | Rn | – | C R U A2 | – | – | –',
  donor: '– | – | – | – | – | – | – | – | – | – | R published | Rn | R counts | R counts | – | – | –',
  administrator: '– | – | – | – | – | – | – | – | – | – | – | – | – | – | C U 2 | R technical | rotate 2, never read',
  'data-protection-officer': '– | – | – | – | – | – | – | – | – | R | – | R | – | – | R | **R all, A break-glass** | –',
  // not a row of the printed table: see ROLES
  'decision-maker': '– | – | Ra | – | – | – | – | – | Ra Ag | – | – | – | – | – | – | – | –',
} as const satisfies Record<Role, string>

const split = (role: Role): Record<Resource, string> => {
  const cells = ROWS[role].split('|').map(cell => cell.trim())
  if (cells.length !== RESOURCES.length) throw new Error(`row ${role} has ${cells.length} cells`)
  return Object.fromEntries(RESOURCES.map((resource, at) => [resource, cells[at]])) as Record<Resource, string>
}

/** { role: { resource: the cell as printed } }: 19 × 17 strings. */
export const TABLE = Object.fromEntries((Object.keys(ROWS) as Role[]).map(role => [role, split(role)])) as Record<
  Role,
  Record<Resource, string>
>
