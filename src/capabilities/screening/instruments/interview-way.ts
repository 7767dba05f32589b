import type { Group } from '#platform/forms/definition.ts'
import { choiceList, chooseOne, group, is, orNone, tell, whenReady } from './parts.ts'

export const wayLists = [
  choiceList('way-papers', {
    own: { en: 'Their own', es: 'Los suyos' },
    'not-own': { en: 'Papers that others gave them', es: 'Los que otros le dieron' },
    none: { en: 'None, or none were needed', es: 'Ninguno, o no hacían falta' },
    ...orNone,
  }),
]

export const way: Group = group(
  'way',
  { en: 'The way there', es: 'El camino' },
  [
    tell('told-way', { en: 'How did you get there?', es: '¿Cómo llegó allí?' }),
    chooseOne('way-arranged', 'who', { en: 'Who arranged the journey?', es: '¿Quién organizó el viaje?' }),
    chooseOne('way-paid', 'who', { en: 'Who paid for the journey?', es: '¿Quién pagó el viaje?' }),
    chooseOne('way-with', 'who', { en: 'Who travelled with you?', es: '¿Quién viajó con usted?' }),
    chooseOne(
      'way-papers',
      'way-papers',
      { en: 'Which papers did you travel with?', es: '¿Con qué documentos viajó?' },
      {
        hint: {
          en: 'Asked so that somebody can help with papers. People are often given papers they did not choose. Skipping is fine.',
          es: 'Se pregunta para poder ayudar con los documentos. A menudo otros los dan sin que la persona elija. Se puede omitir.',
        },
        relevant: is('moved', 'abroad'),
      },
    ),
    chooseOne('way-met', 'who', { en: 'Who met you when you arrived?', es: '¿Quién le recibió al llegar?' }),
  ],
  `${whenReady} and (${is('moved', 'within', 'abroad')})`,
)
