import type { Group } from '#platform/forms/definition.ts'
import { ask, choiceList, chooseMany, group, is, type Person, tell, whenReady, yesNo } from './parts.ts'

export const nowLists = [
  choiceList('wants', {
    'safe-place': { en: 'A safe place to stay', es: 'Un lugar seguro donde quedarse' },
    'family-contact': { en: 'To speak with family', es: 'Hablar con su familia' },
    doctor: { en: 'A doctor or nurse', es: 'Atención médica' },
    listening: { en: 'Somebody to talk with', es: 'Alguien con quien hablar' },
    'legal-advice': { en: 'Advice about rights', es: 'Orientación sobre sus derechos' },
    'pay-owed': { en: 'The pay that is owed', es: 'El pago que le deben' },
    papers: { en: 'Papers', es: 'Documentos' },
    things: { en: 'Food, clothes or money for now', es: 'Comida, ropa o dinero para ahora' },
    work: { en: 'Work', es: 'Trabajo' },
    school: { en: 'School or training', es: 'Estudios o formación' },
    stay: { en: 'To stay in this country', es: 'Quedarse en este país' },
    'go-home': { en: 'To go home', es: 'Volver a su tierra' },
    other: { en: 'Something else', es: 'Otra cosa' },
    'nothing-now': { en: 'Nothing for now', es: 'Nada por ahora' },
  }),
]

export const now = (person: Person): Group =>
  group(
    'now',
    { en: 'Now', es: 'Ahora' },
    [
      yesNo('safe-tonight', {
        en: 'Do you have a safe place to sleep tonight?',
        es: '¿Tiene un lugar seguro donde dormir esta noche?',
      }),
      yesNo('afraid-now', {
        en: 'Are you afraid that somebody will look for you, or for people close to you?',
        es: '¿Teme que alguien le busque a usted o a sus seres queridos?',
      }),
      yesNo('others-there', {
        en: 'Are others still there who may need help?',
        es: '¿Quedan allí otras personas que quizás necesiten ayuda?',
      }),
      yesNo(
        'care-needed',
        { en: 'Do you need a doctor or a nurse?', es: '¿Necesita atención médica?' },
        {
          hint: {
            en: 'Medicine taken every day counts too. Do not ask how it came about.',
            es: 'También cuentan las medicinas de cada día. No pregunte cómo ocurrió.',
          },
        },
      ),
      ask(
        'care-soon',
        'text',
        { en: 'What is needed, and how soon?', es: '¿Qué necesita, y con qué urgencia?' },
        { relevant: is('care-needed', 'yes') },
      ),
      yesNo('listening-wanted', {
        en: 'Would you like to talk with somebody about how you feel?',
        es: '¿Le gustaría hablar con alguien sobre cómo se siente?',
      }),
      yesNo('depended-on', {
        en:
          person === 'child'
            ? 'Do you look after somebody, such as a brother, a sister or a child?'
            : 'Does somebody depend on you, such as children or parents?',
        es:
          person === 'child'
            ? '¿Cuida usted a alguien, por ejemplo a hermanos o a un hijo o hija?'
            : '¿Alguien depende de usted, por ejemplo hijos o padres?',
      }),
      yesNo(
        'depended-on-safe',
        { en: 'Are they safe and looked after?', es: '¿Están a salvo y bien atendidos?' },
        {
          hint: {
            en: 'Do not write down where they are.',
            es: 'No anote dónde están.',
          },
          relevant: is('depended-on', 'yes'),
        },
      ),
      chooseMany(
        'wants',
        'wants',
        { en: 'What would help you now?', es: '¿Qué le ayudaría ahora?' },
        {
          hint: {
            en: 'The person decides. Promise only what you can keep.',
            es: 'La persona decide. Prometa solo lo que pueda cumplir.',
          },
        },
      ),
      tell('wants-in-words', {
        en: 'What else should we know about what you want, or do not want?',
        es: '¿Qué más debemos saber sobre lo que quiere o no quiere?',
      }),
      ask('thanks', 'note', {
        en: 'Thank you. You did not have to tell this. You can add or change anything later.',
        es: 'Gracias. No tenía obligación de contar esto. Puede añadir o cambiar lo que quiera después.',
      }),
    ],
    whenReady,
  )
