import { type AssessmentForm, asked } from '../form.ts'

/** How an area is looked at: what somebody who is found here tonight would reach. */
export const areaForm: AssessmentForm = {
  version: '1',
  title: { en: 'What can be reached from an area', es: 'Qué se alcanza desde una zona' },
  standards: {
    accommodation: [
      asked(
        'acc_tonight',
        3,
        {
          en: 'Is there a safe place to sleep tonight for somebody found here?',
          es: '¿Hay un lugar seguro donde dormir esta noche para alguien que se encuentre aquí?',
        },
        { en: 'a safe place for the first night', es: 'un lugar seguro para la primera noche' },
      ),
      asked(
        'acc_kinds',
        2,
        {
          en: 'Is it there for women, men, families and children alone alike?',
          es: '¿Lo hay por igual para mujeres, hombres, familias y menores sin compañía?',
        },
        { en: 'safe places for everybody alike', es: 'lugares seguros para todas las personas' },
      ),
      asked(
        'acc_after',
        1,
        {
          en: 'Can people find somewhere to live here afterwards?',
          es: '¿Pueden encontrar aquí donde vivir después?',
        },
        { en: 'homes for afterwards', es: 'vivienda para después' },
      ),
    ],
    health: [
      asked(
        'hea_hours',
        3,
        {
          en: 'Is a health worker who knows how to care after violence reached within two hours?',
          es: '¿Se llega en dos horas a personal de salud que sabe atender después de una agresión?',
        },
        { en: 'trained health care within two hours', es: 'atención de salud formada en dos horas' },
      ),
      asked(
        'hea_cost',
        2,
        {
          en: 'Does urgent care cost nothing, whatever papers the person has?',
          es: '¿Es gratuita la atención urgente, tenga la persona los documentos que tenga?',
        },
        { en: 'free urgent care without papers', es: 'atención urgente gratuita sin documentos' },
      ),
      asked(
        'hea_mind',
        2,
        {
          en: 'Is there care for the mind, not only for the body?',
          es: '¿Hay atención de salud mental, no solo del cuerpo?',
        },
        { en: 'mental health care', es: 'atención de salud mental' },
      ),
    ],
    psychosocial: [
      asked(
        'psy_near',
        3,
        {
          en: 'Is somebody trained to listen reached without a day’s journey?',
          es: '¿Se llega sin un día de viaje a alguien formado para escuchar?',
        },
        { en: 'a trained counsellor within reach', es: 'apoyo formado al alcance' },
      ),
      asked(
        'psy_again',
        2,
        {
          en: 'Can people come again for as long as it helps?',
          es: '¿Pueden las personas volver mientras les ayude?',
        },
        { en: 'support for as long as it helps', es: 'apoyo mientras ayude' },
      ),
      asked(
        'psy_groups',
        1,
        {
          en: 'Are there groups or places here where newcomers are welcome?',
          es: '¿Hay aquí grupos o lugares donde se acoge bien a quien llega?',
        },
        { en: 'places where newcomers are welcome', es: 'lugares que acogen a quien llega' },
      ),
    ],
    legal: [
      asked(
        'leg_week',
        3,
        {
          en: 'Is free legal advice reached within a week?',
          es: '¿Se consigue orientación legal gratuita en una semana?',
        },
        { en: 'free legal advice within a week', es: 'orientación legal gratuita en una semana' },
      ),
      asked(
        'leg_stay',
        2,
        {
          en: 'Is there help with papers and leave to stay without travelling far?',
          es: '¿Hay ayuda con documentos y estancia sin viajar lejos?',
        },
        { en: 'help with papers nearby', es: 'ayuda cercana con documentos' },
      ),
      asked(
        'leg_court',
        1,
        {
          en: 'Does somebody go along when a person has to be at court?',
          es: '¿Acompaña alguien a la persona cuando tiene que ir al tribunal?',
        },
        { en: 'company at court', es: 'acompañamiento en el tribunal' },
      ),
    ],
    child: [
      asked(
        'chi_worker',
        3,
        {
          en: 'Is a child-protection worker reached on the same day?',
          es: '¿Se localiza el mismo día a personal de protección de la infancia?',
        },
        { en: 'child protection on the same day', es: 'protección de la infancia el mismo día' },
      ),
      asked(
        'chi_place',
        2,
        {
          en: 'Is there a family or a place for a child alone?',
          es: '¿Hay una familia o un lugar para una niña o un niño sin compañía?',
        },
        { en: 'a family or place for a child alone', es: 'una familia o un lugar para menores sin compañía' },
      ),
      asked(
        'chi_learn',
        1,
        {
          en: 'Do schools here take children in at any time of the year?',
          es: '¿Reciben las escuelas de aquí a niñas y niños en cualquier momento del año?',
        },
        { en: 'schools that take children at any time', es: 'escuelas que reciben en todo momento' },
      ),
    ],
    interpretation: [
      asked(
        'int_spoken',
        3,
        {
          en: 'Are there interpreters for the languages of those who come to work here?',
          es: '¿Hay interpretación para las lenguas de quienes vienen a trabajar aquí?',
        },
        { en: 'interpreters for the languages of newcomers', es: 'interpretación para las lenguas de quien llega' },
      ),
      asked(
        'int_night',
        2,
        {
          en: 'Is one reached by telephone in the evening and at weekends?',
          es: '¿Se consigue por teléfono por la noche y en fin de semana?',
        },
        { en: 'interpreters in the evening and at weekends', es: 'interpretación de noche y en fin de semana' },
      ),
      asked(
        'int_sign',
        1,
        {
          en: 'Is there somebody for sign language?',
          es: '¿Hay quien interprete en lengua de señas?',
        },
        { en: 'sign language', es: 'lengua de señas' },
      ),
    ],
    safety: [
      asked(
        'saf_unseen',
        3,
        {
          en: 'Can somebody reach help here without being seen by those they fear?',
          es: '¿Puede alguien llegar a la ayuda sin que le vean las personas a quienes teme?',
        },
        { en: 'a way to help that is not watched', es: 'un camino hacia la ayuda que nadie vigila' },
      ),
      asked(
        'saf_police',
        2,
        {
          en: 'Do the police here protect a person without arresting them for papers or work?',
          es: '¿Protege la policía de aquí a la persona sin detenerla por sus documentos o su trabajo?',
        },
        { en: 'police who protect and do not arrest', es: 'policía que protege y no detiene' },
      ),
      asked(
        'saf_agreed',
        2,
        {
          en: 'Is it agreed who does what when somebody is in danger?',
          es: '¿Está acordado quién hace qué cuando alguien está en peligro?',
        },
        { en: 'an agreement for danger', es: 'un acuerdo para el peligro' },
      ),
    ],
    data_protection: [
      asked(
        'dat_written',
        3,
        {
          en: 'Do agencies here share by a written agreement, and only what a person agreed to?',
          es: '¿Comparten los organismos por acuerdo escrito, y solo lo que la persona aceptó?',
        },
        { en: 'a written agreement to share', es: 'un acuerdo escrito para compartir' },
      ),
      asked(
        'dat_few',
        2,
        {
          en: 'Is care taken that nobody is recognised by a few facts?',
          es: '¿Se cuida que nadie sea reconocible por unos pocos datos?',
        },
        { en: 'care that nobody is recognised', es: 'cuidado para que nadie sea reconocible' },
      ),
      asked(
        'dat_way',
        1,
        {
          en: 'Do people here use a safe way to write to each other about persons?',
          es: '¿Se usa aquí una vía segura para escribir sobre las personas?',
        },
        { en: 'a safe way to write', es: 'una vía segura para escribir' },
      ),
    ],
    staff: [
      asked(
        'sta_signs',
        3,
        {
          en: 'Do inspectors, health workers and teachers here know the signs?',
          es: '¿Conocen las señales quienes inspeccionan, atienden la salud o enseñan aquí?',
        },
        { en: 'people who know the signs', es: 'personal que conoce las señales' },
      ),
      asked(
        'sta_enough',
        2,
        {
          en: 'Are there enough people for those who ask for help?',
          es: '¿Hay personal suficiente para quienes piden ayuda?',
        },
        { en: 'enough people', es: 'personal suficiente' },
      ),
      asked(
        'sta_whom',
        1,
        {
          en: 'Do they know whom to call?',
          es: '¿Saben a quién llamar?',
        },
        { en: 'knowing whom to call', es: 'saber a quién llamar' },
      ),
    ],
    day_and_night: [
      asked(
        'day_line',
        3,
        {
          en: 'Is there one number that somebody answers at every hour?',
          es: '¿Hay un número que alguien contesta a toda hora?',
        },
        { en: 'one number answered at every hour', es: 'un número atendido a toda hora' },
      ),
      asked(
        'day_come',
        2,
        {
          en: 'Does somebody come within two hours at night?',
          es: '¿Acude alguien de noche en dos horas?',
        },
        { en: 'somebody who comes at night', es: 'alguien que acude de noche' },
      ),
      asked(
        'day_holiday',
        1,
        {
          en: 'Is help the same on holidays?',
          es: '¿Es igual la ayuda en los feriados?',
        },
        { en: 'the same help on holidays', es: 'la misma ayuda en feriados' },
      ),
    ],
  },
}
