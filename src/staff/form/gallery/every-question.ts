import type { Choice, FormDefinition, FormNode, Group, Question, Repeat, Texts } from '#platform/forms/definition.ts'

// One question of every type, in English and Spanish, and everything about questions that a renderer has to draw.

const both = (en: string, es: string): Texts => ({ en, es })
const ask = (name: string, type: Question['type'], label: Texts, more: Partial<Question> = {}): Question => ({
  kind: 'question',
  name,
  type,
  label,
  ...more,
})
const group = (name: string, label: Texts, children: readonly FormNode[], more: Partial<Group> = {}): Group => ({
  kind: 'group',
  name,
  label,
  children,
  ...more,
})
const choice = (name: string, en: string, es: string, columns = {}): Choice => ({ name, label: both(en, es), columns })

const islands =
  'Anguila Antigua Aruba Barbados Belize Bonaire Cuba Curaçao Dominica Grenada Guadeloupe Guyana Haiti Jamaica Martinique Nevis Suriname Tobago Trinidad'
    .split(' ')
    .map(name => choice(name.toLowerCase().replace('ç', 'c'), name, name))

const lists = [
  {
    name: 'yes-no',
    choices: [
      choice('yes', 'Yes', 'Sí'),
      choice('no', 'No', 'No'),
      choice('unknown', 'Does not know', 'No sabe'),
      choice('not-said', 'Prefers not to say', 'Prefiere no decirlo'),
    ],
  },
  {
    name: 'work',
    choices: [
      {
        ...choice('farm', 'On a farm', 'En una finca'),
        media: { image: { default: 'farm.svg' } },
      },
      choice('boat', 'On a boat', 'En un barco'),
      choice('house', 'In a house', 'En una casa'),
      choice('building', 'Building', 'En la construcción'),
      choice('none', 'None of these', 'Nada de esto'),
    ],
  },
  {
    name: 'needs',
    choices: [
      choice('bed', 'A safe place to sleep', 'Un lugar seguro donde dormir'),
      choice('doctor', 'A doctor', 'Atención médica'),
      choice('papers', 'Papers', 'Documentos'),
      choice('money', 'Unpaid wages', 'El salario que se le debe'),
    ],
  },
  { name: 'islands', choices: islands },
]

const people: Repeat = {
  kind: 'repeat',
  name: 'people',
  label: both('Others who may need help', 'Otras personas que quizás necesiten ayuda'),
  relevant: `\${others} = 'yes'`,
  children: [
    ask('who', 'text', both('What should we call this person?', '¿Cómo llamamos a esta persona?'), {
      hint: both('No real name is needed', 'No hace falta el nombre verdadero'),
    }),
    ask('years', 'integer', both(`About how old is \${who}?`, `¿Qué edad tiene más o menos \${who}?`), {
      constraint: '. < 120',
      constraintMessage: both('That is older than anybody has been.', 'Nadie ha llegado a esa edad.'),
    }),
  ],
}

export const everyQuestion: FormDefinition = {
  id: 'every-question',
  version: '1',
  title: both('One of every kind', 'Una de cada clase'),
  languages: ['en', 'es'],
  defaultLanguage: 'en',
  lists,
  body: [
    ask('begun', 'meta', {}, { meta: 'start' }),
    group('words', both('In words', 'Con palabras'), [
      ask(
        'welcome',
        'note',
        both('Say first that nobody has to answer anything.', 'Diga primero que nadie está obligado a responder.'),
        {
          hint: both('Then begin.', 'Después empiece.'),
        },
      ),
      ask('name', 'text', both('What should we call you?', '¿Cómo quiere que le llamemos?'), {
        hint: both('Any name. It need not be the real one.', 'Cualquier nombre. No tiene que ser el verdadero.'),
        media: { audio: { es: 'name-es.mp3' } },
      }),
      ask('told', 'text', both(`What would you like to tell us, \${name}?`, `¿Qué quiere contarnos, \${name}?`), {
        appearance: 'multiline not-said',
        guidance: both(
          'Let the person tell it in their own order.',
          'Deje que la persona lo cuente en su propio orden.',
        ),
      }),
      ask('tag', 'barcode', both('Number of the wristband', 'Número de la pulsera')),
    ]),
    group(
      'numbers',
      both('Numbers and dates', 'Números y fechas'),
      [
        ask('age', 'integer', both('How old are you?', '¿Qué edad tiene?'), {
          required: 'true()',
          requiredMessage: both(
            'The age decides who helps. A guess is fine.',
            'La edad decide quién ayuda. Basta con calcularla.',
          ),
          constraint: '. >= 0 and . < 120',
          constraintMessage: both('Look at the age once more.', 'Mire la edad una vez más.'),
        }),
        ask('wage', 'decimal', both('How much were you paid a day?', '¿Cuánto le pagaban al día?')),
        ask('born', 'date', both('When were you born?', '¿Cuándo nació?')),
        ask('arrived', 'date', both('When did you come here?', '¿Cuándo llegó aquí?'), { appearance: 'month-year' }),
        ask('rises', 'time', both('When does work begin?', '¿A qué hora empieza el trabajo?')),
        ask('met', 'datetime', both('When did this happen?', '¿Cuándo pasó esto?')),
      ],
      { appearance: 'field-list', hint: both('What is known is enough', 'Basta con lo que se sabe') },
    ),
    ask('adult', 'calculate', {}, { calculation: `if(\${age} >= 18, 1, 0)` }),
    group('choices', both('Choices', 'Opciones'), [
      ask(
        'free',
        'select-one',
        both('Can you leave this place when you want?', '¿Puede irse de este lugar cuando quiera?'),
        {
          choices: { list: 'yes-no' },
          hint: both('Skipping is fine.', 'Se puede omitir.'),
        },
      ),
      ask('stopped', 'text', both('What would happen if you left?', '¿Qué pasaría si se fuera?'), {
        relevant: `\${free} = 'no' or \${free} = 'unknown'`,
        appearance: 'multiline',
      }),
      ask('work', 'select-multiple', both('Where did you work?', '¿Dónde trabajó?'), {
        choices: { list: 'work', orOther: true },
      }),
      ask('work_other', 'text', both('Where else?', '¿Dónde más?'), { relevant: `selected(\${work}, 'other')` }),
      ask('island', 'select-one', both('Where are you from?', '¿De dónde es?'), { choices: { list: 'islands' } }),
      ask('language', 'select-one', both('Where would you feel safe?', '¿Dónde se sentiría a salvo?'), {
        choices: { list: 'islands' },
        appearance: 'minimal',
      }),
      ask('first', 'rank', both('What would help most?', '¿Qué ayudaría más?'), { choices: { list: 'needs' } }),
      ask('safe', 'range', both('How safe do you feel here?', '¿Qué tan a salvo se siente aquí?'), {
        range: { start: 0, end: 10, step: 1 },
        hint: both('0 is not at all, 10 is wholly', '0 es nada, 10 es del todo'),
      }),
      ask('limits', 'acknowledge', both('Who may read this was explained', 'Se explicó quién puede leer esto')),
    ]),
    group('things', both('Things and places', 'Cosas y lugares'), [
      ask('paper', 'image', both('A picture of the contract', 'Una imagen del contrato')),
      ask('voice', 'audio', both('A recording of the statement', 'Una grabación de lo dicho')),
      ask('film', 'video', both('A film of the place', 'Un video del lugar')),
      ask('letter', 'file', both('A letter', 'Una carta')),
      ask('place', 'geopoint', both('Where is the place?', '¿Dónde está el lugar?')),
      ask('way', 'geotrace', both('Which way was taken?', '¿Por qué camino?')),
      ask('field', 'geoshape', both('Where does the land end?', '¿Dónde termina el terreno?')),
    ]),
    ask(
      'others',
      'select-one',
      both('Is there somebody else who may need help?', '¿Hay alguien más que quizás necesite ayuda?'),
      {
        choices: { list: 'yes-no' },
      },
    ),
    people,
    ask('sum', 'text', both('Summary', 'Resumen'), {
      calculation: `concat(\${name}, ', ', \${age})`,
      readOnly: 'true()',
    }),
  ],
}
