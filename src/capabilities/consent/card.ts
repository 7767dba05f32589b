import type { Hotline, OrganisationKind, OrganisationRow, ServiceKind } from '#capabilities/directory/contract.ts'

// What may stand on a card that somebody else may find: nothing that says why the person has it, and nobody whom many
// are afraid of. On a small island a shelter's name is an address.

const hidden: readonly OrganisationKind[] = [
  'shelter',
  'police',
  'immigration',
  'coast-guard',
  'competent-authority',
  'task-force',
  'court',
]
/** Help that anybody might look for. */
const everyday: readonly ServiceKind[] = [
  'food',
  'non-food-items',
  'medical-care',
  'psychosocial',
  'sexual-reproductive-health',
  'disability-support',
  'interpretation',
  'legal-aid',
  'education',
  'skills-training',
  'job-placement',
  'livelihood',
  'transport',
]
/** In the languages of the region, the words that give it away. */
const telling =
  /traffick|smuggl|slave|exploit|victim|víctim|survivor|sobrevivient|trata\b|tráfico de|trafico de|esclav|explotaci|traite\b|polic|immigra|inmigra|shelter|refugio|albergue/i

const isHarmless = (text: string): boolean => !telling.test(text)

/** The kinds of help of an organisation that the card names; none: the organisation is not on it. */
export const offeredBy = ({ active, kind, name, services }: OrganisationRow): readonly ServiceKind[] =>
  active && !hidden.includes(kind) && isHarmless(name) ? services.filter(one => everyday.includes(one)) : []

/** What a line is called on the card: its own name, where that gives nothing away, else what kind of line it is. */
export const lineName = (
  { names, kind }: Pick<Hotline, 'names' | 'kind'>,
  lang: string,
): { name?: string; kind: string } => {
  const name = names[lang] ?? names.en ?? Object.values(names)[0]
  return name && Object.values(names).every(isHarmless) ? { name, kind } : { kind }
}
