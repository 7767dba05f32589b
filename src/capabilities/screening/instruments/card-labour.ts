import { card } from './card.ts'

export const labourCard = card({
  id: 'labour-sign-card',
  version: '2',
  sector: 'labour',
  person: 'any',
  title: { en: 'Signs at a place of work', es: 'Señales en un lugar de trabajo' },
  source: 'Groups of the UN.GIFT and UNODC human trafficking indicators, labour and general; the wording is ours',
  signs: {
    'lives-at-work': {
      en: 'Lives in a group at or beside the work place and seldom leaves',
      es: 'Vive en grupo en el lugar de trabajo o al lado, y casi nunca sale',
    },
    'unfit-housing': {
      en: 'Sleeps in a crowded, dirty or unsafe place',
      es: 'Duerme en un lugar hacinado, sucio o inseguro',
    },
    'papers-with-other': {
      en: 'Somebody else holds the passport or identity papers',
      es: 'Otra persona guarda el pasaporte o los documentos de identidad',
    },
    'others-speak': {
      en: 'Others speak for the person, or listen and watch closely',
      es: 'Otros hablan por la persona, o escuchan y vigilan de cerca',
    },
    escorted: {
      en: 'Leaves only with the employer, or is driven everywhere',
      es: 'Solo sale con el empleador, o la llevan a todas partes',
    },
    'kept-in': {
      en: 'Locks, guards, cameras or fences keep people in',
      es: 'Hay candados, guardias, cámaras o cercas para que la gente no salga',
    },
    'long-hours': {
      en: 'Works very long hours, with few or no days off',
      es: 'Trabaja muchísimas horas, con pocos o ningún día libre',
    },
    'no-pay-in-hand': {
      en: 'Gets little or no pay, or has no control over it',
      es: 'Recibe poco o ningún pago, o no puede disponer de él',
    },
    'fines-debt': {
      en: 'Speaks of fines, deductions or a debt to the employer or recruiter',
      es: 'Habla de multas, descuentos o una deuda con el empleador o el reclutador',
    },
    'no-contract': {
      en: 'Has no contract, or one in a language they do not know',
      es: 'No tiene contrato, o lo tiene en un idioma que no conoce',
    },
    'unsafe-work': {
      en: 'No protective clothing, training or safety notices they can read',
      es: 'No tiene ropa de protección, capacitación ni avisos de seguridad que pueda leer',
    },
    'depends-on-employer': {
      en: 'Depends on the employer for work, housing, food and transport',
      es: 'Depende del empleador para el trabajo, la vivienda, la comida y el transporte',
    },
  },
})
