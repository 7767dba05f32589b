import { type AssessmentForm, asked } from '../form.ts'

type Part = Pick<AssessmentForm['standards'], 'accommodation' | 'health' | 'psychosocial' | 'legal' | 'child'>

/** Of one organisation: what people get. */
export const providerCare: Part = {
  accommodation: [
    asked(
      'acc_bed',
      3,
      {
        en: 'Does everybody who stays have a bed of their own, with clean bedding?',
        es: '¿Tiene cada persona que se aloja una cama propia, con ropa limpia?',
      },
      { en: 'a bed of one’s own for everybody', es: 'una cama propia para cada persona' },
    ),
    asked(
      'acc_lock',
      2,
      {
        en: 'Can people lock their room or their things, and open from inside at any time?',
        es: '¿Puede cada persona cerrar su cuarto o sus cosas, y abrir desde dentro en todo momento?',
      },
      { en: 'rooms or lockers that people lock themselves', es: 'cuartos o armarios que cada persona cierra' },
    ),
    asked(
      'acc_apart',
      3,
      {
        en: 'Are women, men, families and children alone housed apart?',
        es: '¿Se alojan aparte mujeres, hombres, familias y menores sin compañía?',
      },
      {
        en: 'separate rooms for women, men, families and children alone',
        es: 'espacios aparte para mujeres, hombres, familias y menores sin compañía',
      },
    ),
    asked(
      'acc_meals',
      2,
      {
        en: 'Are washing places clean, and do meals fit people’s health and beliefs?',
        es: '¿Están limpios los baños, y se adaptan las comidas a la salud y las creencias de cada persona?',
      },
      { en: 'clean washing places and fitting meals', es: 'baños limpios y comidas adecuadas' },
    ),
  ],
  health: [
    asked(
      'hea_check',
      3,
      {
        en: 'Is everybody offered a visit to a health worker within two days?',
        es: '¿Se ofrece a cada persona una visita médica en un plazo de dos días?',
      },
      { en: 'a health visit within two days', es: 'una visita médica en dos días' },
    ),
    asked(
      'hea_agree',
      3,
      {
        en: 'Is nobody examined or tested without having agreed to it?',
        es: '¿Se hace todo examen o prueba solo si la persona está de acuerdo?',
      },
      { en: 'examinations only with the person’s agreement', es: 'exámenes solo con el acuerdo de la persona' },
    ),
    asked(
      'hea_soon',
      2,
      {
        en: 'Are daily medicines, and care after violence, reached in time?',
        es: '¿Llegan a tiempo las medicinas diarias y la atención después de una agresión?',
      },
      {
        en: 'daily medicines and care after violence in time',
        es: 'medicinas diarias y atención a tiempo después de una agresión',
      },
    ),
    asked(
      'hea_private',
      1,
      {
        en: 'Is there a room where nobody else hears a talk about health?',
        es: '¿Hay un cuarto donde nadie más oiga una conversación sobre la salud?',
      },
      { en: 'a private room for talks about health', es: 'un cuarto privado para hablar de salud' },
    ),
  ],
  psychosocial: [
    asked(
      'psy_talk',
      3,
      {
        en: 'Can people talk regularly with somebody trained to listen, and may they say no?',
        es: '¿Pueden las personas hablar con regularidad con alguien formado para escuchar, y pueden decir que no?',
      },
      { en: 'regular talks with a trained counsellor', es: 'conversaciones regulares con personal formado' },
    ),
    asked(
      'psy_crisis',
      3,
      {
        en: 'Do all staff know what to do when somebody thinks of harming themselves?',
        es: '¿Sabe todo el personal qué hacer cuando alguien piensa en hacerse daño?',
      },
      { en: 'a known way to act in a crisis', es: 'una forma conocida de actuar en una crisis' },
    ),
    asked(
      'psy_day',
      1,
      {
        en: 'Are there things to do in the day that people choose themselves?',
        es: '¿Hay actividades durante el día que cada persona elige?',
      },
      { en: 'activities that people choose', es: 'actividades que cada persona elige' },
    ),
    asked(
      'psy_after',
      2,
      {
        en: 'Does support go on after somebody has moved out?',
        es: '¿Sigue el apoyo cuando la persona ya se ha ido?',
      },
      { en: 'support after moving out', es: 'apoyo después de irse' },
    ),
  ],
  legal: [
    asked(
      'leg_advice',
      3,
      {
        en: 'Can people speak with a legal adviser, free of charge, before they decide anything?',
        es: '¿Pueden hablar gratis con alguien que oriente sobre la ley antes de decidir nada?',
      },
      { en: 'free legal advice before any decision', es: 'orientación legal gratuita antes de decidir' },
    ),
    asked(
      'leg_free',
      3,
      {
        en: 'Is help given whether or not the person speaks with the police?',
        es: '¿Se ayuda a la persona aunque no hable con la policía?',
      },
      { en: 'help that does not hang on the police', es: 'ayuda que no depende de la policía' },
    ),
    asked(
      'leg_papers',
      2,
      {
        en: 'Is there help with papers and with leave to stay?',
        es: '¿Hay ayuda con los documentos y con el permiso de estancia?',
      },
      { en: 'help with papers and leave to stay', es: 'ayuda con documentos y estancia' },
    ),
    asked(
      'leg_pay',
      1,
      {
        en: 'Is there help to claim pay that is owed, or compensation?',
        es: '¿Hay ayuda para reclamar el pago que se debe o una compensación?',
      },
      { en: 'help to claim pay and compensation', es: 'ayuda para reclamar pagos y compensación' },
    ),
  ],
  child: [
    asked(
      'chi_guardian',
      3,
      {
        en: 'Is a guardian asked for as soon as a child comes alone?',
        es: '¿Se pide la persona tutora en cuanto llega una niña o un niño sin compañía?',
      },
      { en: 'a guardian for every child alone', es: 'una persona tutora para cada menor sin compañía' },
    ),
    asked(
      'chi_people',
      3,
      {
        en: 'Are those who work with children checked and trained for it?',
        es: '¿Se comprueba y se forma a quienes trabajan con niñas y niños?',
      },
      { en: 'checked and trained people for children', es: 'personal comprobado y formado para la infancia' },
    ),
    asked(
      'chi_school',
      2,
      {
        en: 'Do children go to school or learn, and can they play?',
        es: '¿Van las niñas y los niños a la escuela o aprenden, y pueden jugar?',
      },
      { en: 'school and play', es: 'escuela y juego' },
    ),
    asked(
      'chi_heard',
      2,
      {
        en: 'Are children told what happens in words they understand, and asked what they think?',
        es: '¿Se les explica lo que pasa con palabras que entienden, y se les pregunta qué piensan?',
      },
      { en: 'children told and heard', es: 'niñas y niños informados y escuchados' },
    ),
  ],
}
