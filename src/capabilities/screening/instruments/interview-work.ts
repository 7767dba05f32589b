import type { Group, Question } from '#platform/forms/definition.ts'
import {
  after,
  ask,
  choiceList,
  chooseMany,
  chooseOne,
  group,
  is,
  orNone,
  type Person,
  tell,
  whenReady,
  yesNo,
} from './parts.ts'

export const workLists = [
  choiceList('purposes', {
    work: { en: 'Work for an employer or a business', es: 'Trabajo para un empleador o un negocio' },
    housework: { en: 'Work in a private home', es: 'Trabajo en una casa particular' },
    'begging-selling': { en: 'Made to beg or sell for others', es: 'Pedir o vender para otros, por obligación' },
    crime: { en: 'Made to break the law for others', es: 'Actuar contra la ley para otros, por obligación' },
    sexual: { en: 'Sexual acts from which others gained', es: 'Actos sexuales de los que otros sacaron provecho' },
    marriage: { en: 'A marriage they did not choose', es: 'Un matrimonio que no eligió' },
    owned: { en: 'Treated as if others owned them', es: 'La trataban como si fuera propiedad de otros' },
    organ: { en: 'Giving an organ', es: 'Entregar un órgano' },
    armed: { en: 'Serving an armed group or a gang', es: 'Servir a un grupo armado o una pandilla' },
    other: { en: 'Something else', es: 'Otra cosa' },
  }),
  choiceList('how-long', {
    days: { en: 'Days', es: 'Días' },
    weeks: { en: 'Weeks', es: 'Semanas' },
    months: { en: 'Months', es: 'Meses' },
    years: { en: 'Years', es: 'Años' },
    ...orNone,
  }),
]

/** Choices that are a purpose by themselves; work is one only where it was exploitation. */
export const purposesByThemselves = ['begging-selling', 'crime', 'sexual', 'marriage', 'owned', 'organ', 'armed']

/** Indicators of the dimension exploitation that need work. */
const exploited = (person: Person): readonly Question[] => [
  yesNo('exploited-hours', {
    en: 'Did you have to work very long hours, or without days off?',
    es: '¿Tenía que trabajar muchísimas horas, o sin días libres?',
  }),
  yesNo('exploited-low-pay', {
    en: 'Did you get little pay or none?',
    es: '¿Le pagaban poco o nada?',
  }),
  yesNo('exploited-pay-manipulated', {
    en: 'Was your pay cut by fines or costs, or given to somebody else?',
    es: '¿Le quitaban parte del pago por multas o gastos, o se lo daban a otra persona?',
  }),
  yesNo('exploited-conditions', {
    en: 'Was work very hard to bear, for example without rest, water or a toilet?',
    es: '¿El trabajo era muy difícil de soportar, por ejemplo sin descanso, agua o baño?',
  }),
  yesNo('exploited-hazard', {
    en: 'Was the work dangerous for your body or your health?',
    es: '¿El trabajo era peligroso para su cuerpo o su salud?',
  }),
  yesNo('exploited-law-broken', {
    en: 'Did they ignore the rules for workers, or your contract?',
    es: '¿No respetaban las reglas del trabajo o su contrato?',
  }),
  ...(person === 'adult'
    ? [
        yesNo('exploited-no-protection', {
          en: 'Did you work without a contract, insurance or sick leave?',
          es: '¿Trabajaba sin contrato, sin seguro o sin permiso por enfermedad?',
        }),
      ]
    : []),
]

export const work = (person: Person): Group =>
  group(
    'work',
    { en: 'The work or the situation', es: 'El trabajo o la situación' },
    [
      tell(
        'told-work',
        {
          en: 'Would you like to tell me how you lived there, and what you did?',
          es: '¿Quiere contarme cómo vivía allí y qué hacía?',
        },
        {
          hint: {
            en: 'The person chooses what to tell. Do not ask about sexual matters.',
            es: 'La persona elige qué contar. No pregunte por asuntos sexuales.',
          },
        },
      ),
      chooseMany(
        'purposes',
        'purposes',
        { en: 'What did others want from the person?', es: '¿Qué querían otros de la persona?' },
        {
          hint: {
            en: 'Mark what was told, also what was planned and did not happen. Do not read the list aloud.',
            es: 'Marque lo que se contó, también lo que se planeó y no ocurrió. No lea la lista en voz alta.',
          },
        },
      ),
      chooseOne('how-long', 'how-long', {
        en: 'How long did it last, or has it lasted?',
        es: '¿Cuánto tiempo duró, o ha durado?',
      }),
      yesNo(
        'still-there',
        { en: 'Are you still there?', es: '¿Todavía está allí?' },
        {
          hint: {
            en: 'If so, ask what follows about today.',
            es: 'Si es así, lo que sigue se pregunta en presente.',
          },
        },
      ),
      yesNo('worked', {
        en: 'Did you have to work or do tasks there?',
        es: '¿Tenía que trabajar o hacer tareas allí?',
      }),
      ...exploited(person).map(question => ({ ...question, relevant: after('worked') })),
      ...[
        ask(
          'hours-a-day',
          'integer',
          { en: 'About how many hours a day?', es: '¿Cuántas horas al día, más o menos?' },
          {
            constraint: '. >= 0 and . <= 24',
            constraintMessage: { en: 'A number from 0 to 24', es: 'Un número de 0 a 24' },
          },
        ),
        ask(
          'days-a-week',
          'integer',
          { en: 'About how many days a week?', es: '¿Cuántos días a la semana, más o menos?' },
          {
            constraint: '. >= 0 and . <= 7',
            constraintMessage: { en: 'A number from 0 to 7', es: 'Un número de 0 a 7' },
          },
        ),
      ].map(question => ({ ...question, relevant: is('exploited-hours', 'yes') })),
      yesNo('exploited-living', {
        en: 'Did you have to live in a crowded, dirty or unsafe place?',
        es: '¿Tenía que vivir en un lugar hacinado, sucio o inseguro?',
      }),
      yesNo('exploited-no-education', {
        en: 'Were you kept from school or training?',
        es: '¿Le impedían estudiar o formarse?',
      }),
    ],
    whenReady,
  )
