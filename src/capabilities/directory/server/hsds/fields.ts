/** What a field of the specification holds: a text, an id, …, one of a closed list, or things of another kind. */
export type Holds =
  | 'text'
  | 'id'
  | 'uri'
  | 'email'
  | 'instant'
  | 'number'
  | { readonly oneOf: readonly string[] }
  | { readonly one: Entity }
  | { readonly many: Entity }
export interface Known {
  readonly fields: Readonly<Record<string, Holds>>
  readonly required: readonly string[]
}

/**
 * Every thing and field of the Human Services Data Specification 3.0 (openreferral.org, schema/*.json), a line a thing. After a
 * field: `#` an id, `@` an e-mail address, `^` a web address, `%` a number, `~` a moment, `=a|b` one of these, `>thing` one of
 * those, `>>thing` a list of them; nothing: a text. `!` before it: it has to be there.
 */
const lines = {
  service: `!id# organization_id# program_id# !name alternate_name description url^ email@
    !status=active|inactive|defunct|temporarily_closed interpretation_services application_process fees_description wait_time
    fees accreditations eligibility_description minimum_age% maximum_age% assured_date assurer_email@ licenses alert
    last_modified~ phones>>phone schedules>>schedule service_areas>>service_area service_at_locations>>service_at_location
    languages>>language organization>organization funding>>funding cost_options>>cost_option program>program
    required_documents>>required_document contacts>>contact attributes>>attribute metadata>>metadata`,
  organization: `!id# !name alternate_name !description email@ website^ tax_status tax_id year_incorporated% legal_status logo uri^
    parent_organization_id# funding>>funding contacts>>contact phones>>phone locations>>location programs>>program
    organization_identifiers>>organization_identifier attributes>>attribute metadata>>metadata`,
  service_at_location: `!id# service_id# location_id# description contacts>>contact phones>>phone schedules>>schedule
    location>location attributes>>attribute metadata>>metadata`,
  location: `!id# !location_type=physical|postal|virtual url^ organization_id# name alternate_name description transportation
    latitude% longitude% external_identifier external_identifier_type languages>>language addresses>>address contacts>>contact
    accessibility>>accessibility phones>>phone schedules>>schedule attributes>>attribute metadata>>metadata`,
  address: `!id# location_id# attention !address_1 address_2 !city region !state_province !postal_code !country
    !address_type=physical|postal|virtual attributes>>attribute metadata>>metadata`,
  accessibility: `!id# location_id# description details url^ attributes>>attribute metadata>>metadata`,
  phone: `!id# location_id# service_id# organization_id# contact_id# service_at_location_id# !number extension% type description
    languages>>language attributes>>attribute metadata>>metadata`,
  contact: `!id# organization_id# service_id# service_at_location_id# location_id# name title department email@ phones>>phone
    attributes>>attribute metadata>>metadata`,
  schedule: `!id# service_id# location_id# service_at_location_id# valid_from valid_to dtstart timezone% until count%
    wkst=MO|TU|WE|TH|FR|SA|SU freq=WEEKLY|MONTHLY interval% byday byweekno bymonthday byyearday description opens_at closes_at
    schedule_link^ attending_type notes attributes>>attribute metadata>>metadata`,
  service_area: `!id# service_id# name description extent extent_type uri attributes>>attribute metadata>>metadata`,
  language: `!id# service_id# location_id# phone_id# name code note attributes>>attribute metadata>>metadata`,
  funding: `!id# organization_id# service_id# source attributes>>attribute metadata>>metadata`,
  cost_option: `!id# service_id# valid_from valid_to option currency amount% amount_description attributes>>attribute
    metadata>>metadata`,
  program: `!id# organization_id# !name alternate_name !description attributes>>attribute metadata>>metadata`,
  required_document: `!id# service_id# document uri^ attributes>>attribute metadata>>metadata`,
  organization_identifier: `!id# organization_id# identifier_scheme !identifier_type !identifier attributes>>attribute
    metadata>>metadata`,
  attribute: `!id# link_id# taxonomy_term_id# link_type link_entity value taxonomy_term>taxonomy_term metadata>>metadata`,
  taxonomy_term: `!id# code !name !description parent_id# taxonomy taxonomy_detail>taxonomy language taxonomy_id# term_uri^
    metadata>>metadata`,
  taxonomy: `!id# !name !description uri^ version metadata>>metadata`,
  metadata: `!id# resource_id# resource_type !last_action_date !last_action_type !field_name !previous_value !replacement_value
    !updated_by`,
}
export type Entity = keyof typeof lines

const marks: Readonly<Record<string, Holds>> = {
  '#': 'id',
  '@': 'email',
  '^': 'uri',
  '%': 'number',
  '~': 'instant',
}
function holdsOf(rest: string): Holds {
  if (rest.startsWith('=')) return { oneOf: rest.slice(1).replaceAll('_', ' ').split('|') }
  if (rest.startsWith('>>')) return { many: rest.slice(2) as Entity }
  if (rest.startsWith('>')) return { one: rest.slice(1) as Entity }
  return marks[rest] ?? 'text'
}
function knownOf(line: string): Known {
  const words = [...line.matchAll(/(!?)([a-z_0-9]+)(\S*)/g)]
  return {
    fields: Object.fromEntries(words.map(([, , name = '', rest = '']) => [name, holdsOf(rest)])),
    required: words.filter(([, must]) => must).map(([, , name = '']) => name),
  }
}

export const known = Object.fromEntries(Object.entries(lines).map(([name, line]) => [name, knownOf(line)])) as Readonly<
  Record<Entity, Known>
>

/** A thing of the specification as JSON has it. */
export type Doc = Readonly<Record<string, unknown>>

/** A thing as lists show it: without what there may be several of. Of one that belongs to it only the same. */
export function simpleOf(entity: Entity, doc: Doc, belonging: readonly string[]): Doc {
  const shown: Record<string, unknown> = {}
  for (const [name, holds] of Object.entries(known[entity].fields)) {
    const value = doc[name]
    if (value === undefined) continue
    if (typeof holds === 'object' && 'many' in holds) continue
    if (typeof holds === 'object' && 'one' in holds) {
      if (belonging.includes(name)) shown[name] = simpleOf(holds.one, value as Doc, belonging)
    } else shown[name] = value
  }
  return shown
}
