import { card } from './card.ts'

export const borderCard = card({
  id: 'border-sign-card',
  version: '1',
  sector: 'border',
  person: 'any',
  title: { en: 'Signs at a border, port or airport', es: 'Señales en una frontera, un puerto o un aeropuerto' },
  source: 'Groups of the UN.GIFT and UNODC human trafficking indicators, general and children; the wording is ours',
  signs: {
    'others-speak': {
      en: 'Somebody else answers for the person, or tells them what to say',
      es: 'Otra persona contesta por ella o le dice qué decir',
    },
    'looks-for-leave': {
      en: 'Looks at somebody else before answering, or somebody watches from a distance',
      es: 'Mira a alguien antes de contestar, o alguien vigila desde lejos',
    },
    'papers-with-other': {
      en: 'Somebody else carries the passport, the ticket or the telephone',
      es: 'Otra persona lleva el pasaporte, el pasaje o el teléfono',
    },
    'papers-unfamiliar': {
      en: 'Does not seem to know what is written in their own papers',
      es: 'No parece saber qué dicen sus propios documentos',
    },
    'no-address': {
      en: 'Does not know where they will stay or who will meet them',
      es: 'No sabe dónde se va a quedar ni quién la espera',
    },
    'job-unclear': {
      en: 'Is going to a job but knows little about the employer, the pay or the place',
      es: 'Va a un trabajo, pero sabe poco del empleador, del pago o del lugar',
    },
    'journey-by-other': {
      en: 'Somebody they hardly know arranged and paid for the journey',
      es: 'Alguien a quien apenas conoce organizó y pagó el viaje',
    },
    'same-story': {
      en: 'Several people tell the same story in the same words',
      es: 'Varias personas cuentan lo mismo con las mismas palabras',
    },
    'group-of-strangers': {
      en: 'Travels in a group led by one person, and the others do not know each other',
      es: 'Viaja en un grupo que dirige una persona, y los demás no se conocen entre sí',
    },
    'luggage-unfit': {
      en: 'The luggage or the clothes do not fit the journey or the weather',
      es: 'El equipaje o la ropa no corresponden al viaje ni al clima',
    },
    frightened: {
      en: 'Looks very frightened, worn out or unwell',
      es: 'Se ve con mucho miedo, agotada o enferma',
    },
    'child-with-stranger': {
      en: 'A child travels alone, or with an adult who hardly seems to know them',
      es: 'Un niño, niña o adolescente viaja a solas o con un adulto que apenas parece saber quién es',
    },
  },
})
