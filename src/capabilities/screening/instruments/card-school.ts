import { card } from './card.ts'

export const schoolCard = card({
  id: 'school-sign-card',
  version: '1',
  sector: 'school',
  person: 'child',
  title: { en: 'Signs at a school', es: 'Señales en una escuela' },
  source:
    'Groups of the UN.GIFT and UNODC human trafficking indicators, children and domestic servitude, told for a school; the wording is ours',
  signs: {
    'often-absent': {
      en: 'Is often absent or late, or leaves during the day without a clear reason',
      es: 'Falta o llega tarde a menudo, o se va durante el día sin un motivo claro',
    },
    'tired-hungry': {
      en: 'Is very tired, hungry or unwell day after day',
      es: 'Día tras día llega con mucho cansancio, con hambre o con malestar',
    },
    'work-besides': {
      en: 'Works at night or before school, or shows the marks of heavy work',
      es: 'Trabaja de noche o antes de clase, o muestra huellas de un trabajo pesado',
    },
    'no-parents': {
      en: 'Lives with people who are not family and has no contact with parents',
      es: 'Vive con personas que no son su familia y no tiene contacto con sus padres',
    },
    'home-changes': {
      en: 'The home or the adult in charge changes often, and nobody explains it',
      es: 'Cambia a menudo de casa o de adulto a cargo, y nadie lo explica',
    },
    'adult-controls': {
      en: 'An adult who is not a parent speaks for the child and keeps others away',
      es: 'Un adulto que no es su padre ni su madre contesta en su lugar y aleja a los demás',
    },
    'papers-missing': {
      en: 'Has no school record or papers, or they do not seem to fit the child',
      es: 'No tiene documentos ni historial escolar, o no parecen ser suyos',
    },
    'no-friends': {
      en: 'Has no friends of the same age and no time to play',
      es: 'No tiene amistades de su edad ni tiempo para jugar',
    },
    'sudden-change': {
      en: 'Has changed suddenly: frightened, closed off or angry',
      es: 'Cambió de repente: tiene miedo, se cierra o se enoja',
    },
    'older-friend': {
      en: 'A much older “friend”, perhaps met online, waits outside or writes all day',
      es: 'Una «amistad» mucho mayor, quizás de internet, espera afuera o le escribe todo el día',
    },
    'things-unexplained': {
      en: 'Has a new telephone, clothes or money that nobody can explain',
      es: 'Tiene teléfono, ropa o dinero nuevos que nadie puede explicar',
    },
    'journey-planned': {
      en: 'Speaks of a journey, a job or a marriage that others have arranged',
      es: 'Habla de un viaje, un trabajo o un matrimonio que otros han arreglado',
    },
  },
})
