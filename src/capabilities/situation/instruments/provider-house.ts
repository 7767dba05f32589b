import { type AssessmentForm, asked } from '../form.ts'

type Part = Pick<
  AssessmentForm['standards'],
  'interpretation' | 'safety' | 'data_protection' | 'staff' | 'day_and_night'
>

/** Of one organisation: how it works. */
export const providerHouse: Part = {
  interpretation: [
    asked(
      'int_reach',
      3,
      {
        en: 'Is an interpreter reached, there or by telephone, for the languages that people speak?',
        es: '¿Se consigue interpretación, en persona o por teléfono, para las lenguas que hablan las personas?',
      },
      { en: 'interpreters for the languages that are spoken', es: 'interpretación para las lenguas que se hablan' },
    ),
    asked(
      'int_apart',
      3,
      {
        en: 'Does nobody of the family, of the workplace or of the house interpret?',
        es: '¿Se evita que interprete alguien de la familia, del trabajo o de la casa?',
      },
      { en: 'interpreters who are nobody’s relative or employer', es: 'intérpretes sin lazos con la persona' },
    ),
    asked(
      'int_signed',
      2,
      {
        en: 'Have interpreters agreed in writing to keep to themselves what they hear?',
        es: '¿Se han comprometido por escrito las intérpretes y los intérpretes a guardar lo que oyen?',
      },
      { en: 'interpreters’ written promise to keep silence', es: 'compromiso escrito de confidencialidad' },
    ),
    asked(
      'int_choice',
      1,
      {
        en: 'Can people choose a woman or a man as interpreter, and ask for another?',
        es: '¿Puede la persona elegir que interprete una mujer o un hombre, y pedir a alguien distinto?',
      },
      { en: 'a choice of interpreter', es: 'elección de intérprete' },
    ),
  ],
  safety: [
    asked(
      'saf_plan',
      3,
      {
        en: 'Does every person have a safety plan that was made with them?',
        es: '¿Tiene cada persona un plan de seguridad hecho con ella?',
      },
      { en: 'a safety plan made with each person', es: 'un plan de seguridad hecho con cada persona' },
    ),
    asked(
      'saf_told',
      3,
      {
        en: 'Is nobody told who is here, or let in, unless the person agrees?',
        es: '¿Se deja entrar o se dice quién está aquí solo si la persona está de acuerdo?',
      },
      { en: 'no visitors and no news without agreement', es: 'ni visitas ni noticias sin acuerdo' },
    ),
    asked(
      'saf_fire',
      2,
      {
        en: 'Are ways out clear, and are fire and first aid practised?',
        es: '¿Están libres las salidas y se practica qué hacer en caso de incendio y primeros auxilios?',
      },
      { en: 'clear ways out, fire practice and first aid', es: 'salidas libres, simulacros y primeros auxilios' },
    ),
    asked(
      'saf_complain',
      2,
      {
        en: 'Can people complain without fear, and do they get an answer?',
        es: '¿Puede la persona quejarse sin temor y recibe respuesta?',
      },
      { en: 'a safe way to complain', es: 'una forma segura de quejarse' },
    ),
  ],
  data_protection: [
    asked(
      'dat_agree',
      3,
      {
        en: 'Is something passed on only when the person has agreed, and knows to whom?',
        es: '¿Se comparte algo solo si la persona está de acuerdo y sabe con quién?',
      },
      { en: 'sharing only with the person’s agreement', es: 'compartir solo con el acuerdo de la persona' },
    ),
    asked(
      'dat_locked',
      3,
      {
        en: 'Are records locked, and read by those alone who need them?',
        es: '¿Se guardan los expedientes bajo llave y los lee solo quien los necesita?',
      },
      { en: 'locked records', es: 'expedientes bajo llave' },
    ),
    asked(
      'dat_photos',
      2,
      {
        en: 'Are photographs of people, on any telephone, against the rules and is that known?',
        es: '¿Está prohibido, y se sabe, fotografiar a las personas con cualquier teléfono?',
      },
      { en: 'a known rule against photographs', es: 'una regla conocida contra las fotografías' },
    ),
    asked(
      'dat_end',
      1,
      {
        en: 'Is it settled when records are destroyed, and is that done?',
        es: '¿Está fijado cuándo se destruyen los expedientes, y se hace?',
      },
      { en: 'an end date for records', es: 'una fecha final para los expedientes' },
    ),
  ],
  staff: [
    asked(
      'sta_trained',
      3,
      {
        en: 'Are all who meet people trained in exploitation, and in not hurting again?',
        es: '¿Tiene formación sobre explotación, y sobre no volver a dañar, todo el personal que trata con personas?',
      },
      { en: 'training of all who meet people', es: 'formación de todo el personal que trata con personas' },
    ),
    asked(
      'sta_checked',
      3,
      {
        en: 'Are references and records checked before anybody begins, volunteers too?',
        es: '¿Se comprueban referencias y antecedentes antes de empezar, también del voluntariado?',
      },
      { en: 'checks before anybody begins', es: 'comprobaciones antes de empezar' },
    ),
    asked(
      'sta_code',
      2,
      {
        en: 'Has everybody signed a code of conduct, and is a breach followed up?',
        es: '¿Han firmado todas las personas un código de conducta, y se atiende cada falta?',
      },
      { en: 'a signed code of conduct', es: 'un código de conducta firmado' },
    ),
    asked(
      'sta_care',
      1,
      {
        en: 'Do staff have somebody to talk to, and enough rest?',
        es: '¿Tiene el personal con quien hablar y descanso suficiente?',
      },
      { en: 'support and rest for staff', es: 'apoyo y descanso para el personal' },
    ),
  ],
  day_and_night: [
    asked(
      'day_answer',
      3,
      {
        en: 'Does somebody answer the telephone at every hour of every day?',
        es: '¿Contesta alguien el teléfono a toda hora, todos los días?',
      },
      { en: 'a telephone answered at every hour', es: 'un teléfono atendido a toda hora' },
    ),
    asked(
      'day_admit',
      3,
      {
        en: 'Can a person be taken in at night, at weekends and on holidays?',
        es: '¿Se puede acoger a una persona de noche, en fin de semana y en feriados?',
      },
      { en: 'taking people in at night and on holidays', es: 'acoger de noche y en feriados' },
    ),
    asked(
      'day_call',
      2,
      {
        en: 'Is a trained person on call whenever nobody is at work?',
        es: '¿Hay una persona formada de guardia cuando no hay nadie trabajando?',
      },
      { en: 'a trained person on call', es: 'una persona formada de guardia' },
    ),
    asked(
      'day_way',
      1,
      {
        en: 'Is there a safe way to bring somebody at night?',
        es: '¿Hay una forma segura de traer a alguien de noche?',
      },
      { en: 'safe transport at night', es: 'transporte seguro de noche' },
    ),
  ],
}
