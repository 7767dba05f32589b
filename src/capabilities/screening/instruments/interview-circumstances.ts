import type { ChoiceList, Group, Repeat } from '#platform/forms/definition.ts'
import { ask, type Both, choiceList, chooseOne, group, is, isNot, repeat, tell, whenReady } from './parts.ts'

/**
 * Circumstances that weaken or protect a person, at four levels. Names are neutral, as the same thing may do either;
 * direction and weight are of one thing each and are never added up.
 */

interface Level {
  readonly name: 'individual' | 'household' | 'community' | 'structural'
  readonly label: Both
  readonly factors: Readonly<Record<string, Both>>
}

const other = { other: { en: 'Something else', es: 'Otra cosa' } }

const levels: readonly Level[] = [
  {
    name: 'individual',
    label: { en: 'About the person', es: 'Sobre la persona' },
    factors: {
      age: { en: 'Age', es: 'Edad' },
      'sex-gender': { en: 'Being a woman, a man or of another gender', es: 'Ser mujer, hombre o de otro género' },
      orientation: { en: 'Whom the person loves', es: 'A quién ama' },
      'ethnic-group': { en: 'Ethnic group, skin colour or religion', es: 'Grupo étnico, color de piel o religión' },
      papers: { en: 'Papers and legal status', es: 'Documentos y situación legal' },
      reading: { en: 'Schooling, reading and writing', es: 'Estudios, lectura y escritura' },
      languages: { en: 'Languages spoken', es: 'Idiomas que habla' },
      health: { en: 'Health of the body', es: 'Salud del cuerpo' },
      feelings: { en: 'Feelings and health of the mind', es: 'Emociones y salud mental' },
      disability: { en: 'Disability', es: 'Discapacidad' },
      money: { en: 'Money, belongings and debts', es: 'Dinero, bienes y deudas' },
      skills: { en: 'Work and skills', es: 'Trabajo y destrezas' },
      past: { en: 'What the person has lived through', es: 'Lo que ha vivido' },
      rights: { en: 'Knowing rights and where to get help', es: 'Conocer sus derechos y dónde hay ayuda' },
      hopes: { en: 'Beliefs, hopes and plans', es: 'Creencias, esperanzas y planes' },
      ...other,
    },
  },
  {
    name: 'household',
    label: { en: 'Family and household', es: 'Familia y hogar' },
    factors: {
      ties: { en: 'Ties with the family', es: 'Relación con la familia' },
      safety: { en: 'Safety at home', es: 'Seguridad en el hogar' },
      caregiver: { en: 'A parent or somebody who cares', es: 'Padre, madre o alguien que cuida' },
      duties: { en: 'People who need the person’s care or money', es: 'Personas que necesitan su cuidado o dinero' },
      income: { en: 'Income and debts of the household', es: 'Ingresos y deudas del hogar' },
      size: { en: 'Size of the household and of the home', es: 'Tamaño del hogar y de la vivienda' },
      decisions: { en: 'Who decides at home', es: 'Quién decide en el hogar' },
      roles: { en: 'What is expected of girls and boys', es: 'Lo que se espera de niñas y niños' },
      migration: { en: 'Family members who moved away', es: 'Familiares que se fueron a otro lugar' },
      losses: { en: 'Losses, illness or separation', es: 'Pérdidas, enfermedad o separación' },
      ...other,
    },
  },
  {
    name: 'community',
    label: { en: 'Community', es: 'Comunidad' },
    factors: {
      friends: { en: 'Friends and neighbours who help', es: 'Amistades y vecinos que ayudan' },
      groups: { en: 'Faith groups, unions and associations', es: 'Grupos de fe, sindicatos y asociaciones' },
      welcome: { en: 'Being accepted or rejected', es: 'Aceptación o rechazo' },
      schools: { en: 'Schools in reach', es: 'Escuelas cercanas' },
      'health-care': { en: 'Health care in reach', es: 'Atención de salud cercana' },
      jobs: { en: 'Jobs and fair pay', es: 'Empleos y pago justo' },
      safety: { en: 'Safety in the area, gangs', es: 'Seguridad en la zona, pandillas' },
      leaving: { en: 'What people think about leaving', es: 'Lo que se piensa de irse a otro lugar' },
      recruiters: { en: 'People who recruit in the area', es: 'Personas que captan gente en la zona' },
      nature: { en: 'Storms, floods, drought', es: 'Huracanes, inundaciones, sequía' },
      services: { en: 'Services and shelters in reach', es: 'Servicios y refugios cercanos' },
      ...other,
    },
  },
  {
    name: 'structural',
    label: { en: 'Country and laws', es: 'País y leyes' },
    factors: {
      'permit-ways': { en: 'Legal ways to move and to stay', es: 'Vías legales para migrar y quedarse' },
      'labour-law': { en: 'Labour law and inspection', es: 'Leyes laborales e inspección' },
      'tied-permits': { en: 'Permits tied to one employer', es: 'Permisos ligados a un solo empleador' },
      justice: { en: 'Police and courts one can trust', es: 'Policía y tribunales de confianza' },
      corruption: { en: 'Corruption', es: 'Corrupción' },
      conflict: { en: 'Conflict or unrest', es: 'Conflicto o disturbios' },
      economy: { en: 'The economy', es: 'La economía' },
      'social-protection': { en: 'Social protection', es: 'Protección social' },
      'child-protection': { en: 'Protection of children', es: 'Protección de la infancia' },
      equality: { en: 'Equal rights and their respect', es: 'Igualdad de derechos y su respeto' },
      ...other,
    },
  },
]

export const circumstancesLists: readonly ChoiceList[] = [
  ...levels.map(({ name, factors }) => choiceList(`${name}-factors`, factors)),
  choiceList('direction', {
    risk: { en: 'A risk', es: 'Un riesgo' },
    protective: { en: 'A protection', es: 'Una protección' },
    neutral: { en: 'Neither', es: 'Ni lo uno ni lo otro' },
  }),
  choiceList('severity', {
    slight: { en: 'A little', es: 'Poco' },
    serious: { en: 'Much', es: 'Mucho' },
    'very-serious': { en: 'Very much', es: 'Muchísimo' },
  }),
]

const rowsOf = ({ name, label }: Level): Repeat =>
  repeat(
    name,
    label,
    [
      chooseOne(
        `${name}-factor`,
        `${name}-factors`,
        { en: 'What is it about?', es: '¿De qué se trata?' },
        {
          hint: {
            en: 'Only what was told or is known. Leave it empty if nothing was.',
            es: 'Solo lo que se contó o se sabe. Si no hay nada, déjelo vacío.',
          },
        },
      ),
      chooseOne(
        `${name}-direction`,
        'direction',
        {
          en: 'Is it a risk or a protection for this person?',
          es: '¿Es un riesgo o una protección para esta persona?',
        },
        { relevant: isNot(`${name}-factor`, '') },
      ),
      chooseOne(
        `${name}-severity`,
        'severity',
        { en: 'How much does it weigh?', es: '¿Cuánto pesa?' },
        { relevant: is(`${name}-direction`, 'risk', 'protective') },
      ),
      tell(
        `${name}-evidence`,
        { en: 'What shows it?', es: '¿Qué lo muestra?' },
        {
          hint: {
            en: 'In the person’s words, or what you saw.',
            es: 'Con las palabras de la persona, o lo que usted vio.',
          },
          relevant: isNot(`${name}-factor`, ''),
        },
      ),
    ],
    'field-list',
  )

export const circumstances: Group = group(
  'circumstances',
  { en: 'What weakens and what protects', es: 'Lo que debilita y lo que protege' },
  [
    ask('circumstances-lead', 'note', {
      en: 'Fill this in after the talk. Write down strengths as well as needs, and nothing that could harm the person. Nothing is added up.',
      es: 'Complete esto después de la conversación. Anote fortalezas y también necesidades, y nada que pueda dañar a la persona. Nada se suma.',
    }),
    ...levels.map(rowsOf),
  ],
  whenReady,
)
