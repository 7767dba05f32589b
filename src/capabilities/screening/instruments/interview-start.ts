import type { Group } from '#platform/forms/definition.ts'
import { notAsked } from './interview-marked.ts'
import {
  after,
  choiceList,
  chooseMany,
  chooseOne,
  group,
  orNone,
  type Person,
  tell,
  whenReady,
  yesNo,
} from './parts.ts'

export const startLists = [
  choiceList('moved', {
    no: { en: 'No', es: 'No' },
    within: { en: 'Yes, within the country', es: 'Sí, dentro del país' },
    abroad: { en: 'Yes, to another country', es: 'Sí, a otro país' },
    ...orNone,
  }),
  choiceList('who', {
    nobody: { en: 'Nobody else; the person alone', es: 'Nadie más; la propia persona' },
    family: { en: 'Family or partner', es: 'Familia o pareja' },
    friend: { en: 'A friend or neighbour', es: 'Una amistad o alguien del barrio' },
    agency: { en: 'An agency', es: 'Una agencia' },
    employer: { en: 'The employer', es: 'El empleador' },
    online: { en: 'Somebody met online', es: 'Alguien que conoció por internet' },
    stranger: { en: 'Somebody not known before', es: 'Alguien a quien no conocía' },
    other: { en: 'Somebody else', es: 'Otra persona' },
    ...orNone,
  }),
  choiceList('acts', {
    recruited: { en: 'Found, hired or invited the person', es: 'Buscó, contrató o invitó a la persona' },
    transported: { en: 'Took the person there, or arranged the journey', es: 'La llevó, u organizó el viaje' },
    transferred: { en: 'Handed the person over to somebody else', es: 'La entregó a otra persona' },
    harboured: { en: 'Gave the person a place to stay, or hid them', es: 'Le dio donde quedarse, o la escondió' },
    received: { en: 'Took the person in when they arrived', es: 'La recibió cuando llegó' },
  }),
]

/** Indicators of the dimension deceptive-recruitment. */
const promises = [
  yesNo('promised', {
    en: 'Did somebody make you promises before this began?',
    es: '¿Alguien le hizo promesas antes de que esto empezara?',
  }),
  ...[
    yesNo('deceived-job', {
      en: 'Was the job, the place or the employer different from what you were told?',
      es: '¿El trabajo, el lugar o el empleador era distinto de lo que le dijeron?',
    }),
    yesNo('deceived-earnings', {
      en: 'Was the pay different from what you were told?',
      es: '¿El pago era distinto de lo que le dijeron?',
    }),
    yesNo('deceived-conditions', {
      en: 'Was the way you had to work different from what you were told?',
      es: '¿La forma de trabajar era distinta de lo que le dijeron?',
    }),
    yesNo('deceived-contract', {
      en: 'Was the contract different from what you were told, or not a real one?',
      es: '¿El contrato era distinto de lo que le dijeron, o no era verdadero?',
    }),
    yesNo('deceived-housing', {
      en: 'Was the place where you had to live different from what you were told?',
      es: '¿El lugar donde tenía que vivir era distinto de lo que le dijeron?',
    }),
    yesNo('deceived-papers', {
      en: 'Were you told things about papers or a permit to stay that were not true?',
      es: '¿Le dijeron cosas sobre los documentos o el permiso para quedarse que no eran verdad?',
    }),
    yesNo('deceived-travel', {
      en: 'Were you told things about the journey, its cost or the hiring that were not true?',
      es: '¿Le dijeron cosas sobre el viaje, su costo o la contratación que no eran verdad?',
    }),
    yesNo('deceived-family-reunion', {
      en: 'Were you promised that you would be with your family, and it was not true?',
      es: '¿Le prometieron que estaría con su familia, y no era verdad?',
    }),
    yesNo('deceived-marriage-adoption', {
      en: 'Did somebody promise you marriage, or a new family, to get you to go?',
      es: '¿Alguien le prometió matrimonio, o una familia nueva, para que se fuera?',
    }),
    yesNo('deceived-education', {
      en: 'Were you promised school or training that you did not get?',
      es: '¿Le prometieron estudios o formación que no recibió?',
    }),
  ].map(question => ({ ...question, relevant: after('promised') })),
]

/** Indicators of the dimension coercive-recruitment. */
const pressure = (person: Person) => [
  yesNo('pressed', {
    en: 'Did somebody pressure you to go, or make it hard to say no?',
    es: '¿Alguien le presionó para que se fuera, o le hizo difícil decir que no?',
  }),
  ...[
    notAsked(person, 'recruit-violence', {
      asked: { en: 'Did somebody hurt you so that you would go?', es: '¿Alguien le hizo daño para que se fuera?' },
      marked: {
        en: 'Was it told that somebody hurt the person so that they would go?',
        es: '¿Se contó que alguien le hizo daño a la persona para que se fuera?',
      },
    }),
    yesNo('recruit-threats', {
      en: 'Did somebody say they would hurt you if you did not go?',
      es: '¿Alguien dijo que le haría daño si no se iba?',
    }),
    notAsked(person, 'recruit-abduction-sale', {
      asked: {
        en: 'Were you taken by force, handed over for money, or made to accept a marriage or an adoption?',
        es: '¿Le llevaron por la fuerza, le entregaron por dinero, o le obligaron a aceptar un matrimonio o una adopción?',
      },
      marked: {
        en: 'Was it told that the person was taken by force, handed over for money, or made to marry or be adopted?',
        es: '¿Se contó que a la persona se la llevaron por la fuerza, la entregaron por dinero, o le impusieron un matrimonio o una adopción?',
      },
    }),
    yesNo('recruit-debt-bondage', {
      en: 'Did you owe money from the start that you had to work off?',
      es: '¿Desde el principio debía dinero que tenía que pagar con trabajo?',
    }),
    yesNo('recruit-papers-taken', {
      en: 'Did somebody take your papers before you started or on the way?',
      es: '¿Alguien le quitó los documentos antes de empezar o en el camino?',
    }),
    yesNo('recruit-isolation', {
      en: 'Were you kept apart, locked in or watched before you started or on the way?',
      es: '¿Le tuvieron bajo encierro, vigilancia o sin contacto con otros antes de empezar o en el camino?',
    }),
    yesNo('recruit-denunciation', {
      en: 'Did somebody say they would report you to the authorities if you did not go?',
      es: '¿Alguien dijo que le denunciaría a las autoridades si no se iba?',
    }),
    yesNo('recruit-exposure', {
      en: 'Did somebody say they would tell your family or others something about you if you did not go?',
      es: '¿Alguien dijo que contaría algo de usted a su familia o a otros si no se iba?',
    }),
    notAsked(person, 'recruit-violence-family', {
      asked: {
        en: 'Was somebody in your family hurt or threatened so that you would go?',
        es: '¿Hicieron daño o amenazaron a alguien de su familia para que usted se fuera?',
      },
      marked: {
        en: 'Was it told that the family was hurt or threatened so that the person would go?',
        es: '¿Se contó que hicieron daño o amenazaron a la familia para que la persona se fuera?',
      },
    }),
    yesNo('recruit-money-withheld', {
      en: 'Did somebody keep money from you so that you would go?',
      es: '¿Alguien le retuvo dinero para que se fuera?',
    }),
  ].map(question => ({ ...question, relevant: after('pressed') })),
]

export const start = (person: Person): Group =>
  group(
    'start',
    { en: 'How it began', es: 'Cómo empezó' },
    [
      tell(
        'told-start',
        { en: 'Would you like to tell me how this began?', es: '¿Quiere contarme cómo empezó esto?' },
        {
          hint: {
            en: 'Listen without stopping the person. Then mark what you heard, and ask only for what is missing.',
            es: 'Escuche sin interrumpir. Después marque lo que oyó y pregunte solo lo que falta.',
          },
        },
      ),
      chooseOne('moved', 'moved', {
        en: 'Did you go to another place for it?',
        es: '¿Se fue a otro lugar para eso?',
      }),
      chooseOne('offered-by', 'who', {
        en: 'Who first spoke with you about it?',
        es: '¿Quién le habló de eso por primera vez?',
      }),
      chooseMany(
        'acts',
        'acts',
        {
          en: 'What did somebody do to bring the person there?',
          es: '¿Qué hizo alguien para llevar allí a la persona?',
        },
        {
          hint: {
            en: 'Mark what was told. Do not read the list aloud. You can come back to it.',
            es: 'Marque lo que se contó. No lea la lista en voz alta. Puede volver aquí después.',
          },
        },
      ),
      ...promises,
      ...pressure(person),
    ],
    whenReady,
  )
