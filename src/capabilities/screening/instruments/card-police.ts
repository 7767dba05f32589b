import { card } from './card.ts'

export const policeCard = card({
  id: 'police-sign-card',
  version: '1',
  sector: 'police',
  person: 'any',
  title: { en: 'Signs on patrol or at the station', es: 'Señales en la calle o en la estación de policía' },
  source:
    'Groups of the UN.GIFT and UNODC human trafficking indicators: general, children, domestic servitude, begging and petty crime; the wording is ours',
  signs: {
    'others-speak': {
      en: 'Others speak for the person, or the answers sound learned by heart',
      es: 'Otros hablan por la persona, o las respuestas suenan aprendidas de memoria',
    },
    'great-fear': {
      en: 'Shows great fear of the police, or of being sent away',
      es: 'Muestra mucho miedo a la policía o a que la expulsen del país',
    },
    'papers-with-other': {
      en: 'Has no papers on them, or somebody else holds them',
      es: 'No lleva documentos, o los guarda otra persona',
    },
    'no-address': {
      en: 'Does not know the address of where they live or work',
      es: 'No sabe la dirección de donde vive o trabaja',
    },
    'moved-about': {
      en: 'Is often moved from one place to another, or driven at set hours',
      es: 'La cambian a menudo de lugar, o la llevan y traen a horas fijas',
    },
    'kept-in': {
      en: 'Doors or windows are locked or covered so that people stay in',
      es: 'Las puertas o ventanas están cerradas o tapadas para que la gente no salga',
    },
    'lives-at-work': {
      en: 'Many people live and work in one place, with few things of their own',
      es: 'Muchas personas viven y trabajan en el mismo lugar, con pocas cosas propias',
    },
    'no-own-money': {
      en: 'Has no money of their own, or hands over what they earn',
      es: 'No tiene dinero propio, o entrega lo que gana',
    },
    'no-care': {
      en: 'Looks hurt, ill or worn out and has had no care',
      es: 'Se ve lastimada, enferma o agotada, y nadie la ha atendido',
    },
    'directed-offence': {
      en: 'Is caught in a small offence that somebody else directs and gains from',
      es: 'La detienen por una falta menor que otra persona dirige y aprovecha',
    },
    'child-earning': {
      en: 'A child begs, sells or takes things while an adult watches',
      es: 'Un niño, niña o adolescente pide, vende o toma cosas mientras un adulto vigila',
    },
    'same-number': {
      en: 'Several people carry the same telephone number or address, and little else',
      es: 'Varias personas llevan el mismo número de teléfono o dirección, y poco más',
    },
  },
})
