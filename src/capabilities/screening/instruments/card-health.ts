import { card } from './card.ts'

export const healthCard = card({
  id: 'health-sign-card',
  version: '1',
  sector: 'health',
  person: 'any',
  title: { en: 'Signs at a clinic or hospital', es: 'Señales en una clínica u hospital' },
  source:
    'Groups of the UN.GIFT and UNODC human trafficking indicators, general, children and labour, told for a clinic; the wording is ours',
  signs: {
    'will-not-leave': {
      en: 'Somebody will not leave the person alone with you, or answers for them',
      es: 'Alguien no deja a la persona a solas con usted, o contesta por ella',
    },
    'papers-with-other': {
      en: 'Somebody else holds the papers, the telephone or the money',
      es: 'Otra persona guarda los documentos, el teléfono o el dinero',
    },
    'late-care': {
      en: 'Comes late, with something that needed care long before',
      es: 'Llega tarde, con algo que necesitaba atención desde hace tiempo',
    },
    'story-unfit': {
      en: 'What is told does not fit what you see, or sounds learned by heart',
      es: 'Lo que se cuenta no corresponde a lo que usted ve, o suena aprendido de memoria',
    },
    'harm-from-work': {
      en: 'Burns, strains, skin or lung trouble as from work without protection',
      es: 'Quemaduras, lesiones por esfuerzo o problemas de piel o pulmones, como de trabajar sin protección',
    },
    'worn-out': {
      en: 'Is worn out, underfed or has not slept',
      es: 'Está agotada, mal alimentada o sin dormir',
    },
    'no-address': {
      en: 'Does not know the address, the town or how long they have been here',
      es: 'No sabe la dirección, la ciudad ni cuánto tiempo lleva aquí',
    },
    frightened: {
      en: 'Is very frightened, or looks at the companion before speaking',
      es: 'Tiene mucho miedo, o mira a quien la acompaña antes de hablar',
    },
    'hurried-visit': {
      en: 'Somebody pays, hurries the visit and gives no clear address or name',
      es: 'Alguien paga, apura la visita y no da un nombre ni una dirección claros',
    },
    'no-return': {
      en: 'Cannot rest, take medicine or come back without asking somebody',
      es: 'No puede descansar, tomar medicinas ni volver sin pedir permiso a alguien',
    },
    'lives-at-work': {
      en: 'Speaks of living where they work, with no room of their own',
      es: 'Habla de vivir donde trabaja, sin un cuarto propio',
    },
    'child-with-stranger': {
      en: 'A child comes with an adult who knows little about their health or life',
      es: 'Un niño, niña o adolescente llega con un adulto que sabe poco de su salud o de su vida',
    },
  },
})
