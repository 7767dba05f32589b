import type { Question } from '#platform/forms/definition.ts'
import { type Both, type Person, yesNo } from './parts.ts'

/** A question that an adult may be asked gently, and that nobody asks a child: there it is marked if it was told. */
export const notAsked = (
  person: Person,
  name: string,
  { asked, marked }: { readonly asked: Both; readonly marked: Both },
): Question =>
  person === 'adult'
    ? yesNo(name, asked, {
        hint: {
          en: 'A yes is enough: do not ask for details. Offer a pause. Skipping is fine.',
          es: 'Basta con un sí: no pida detalles. Ofrezca una pausa. Se puede omitir.',
        },
      })
    : yesNo(name, marked, {
        hint: {
          en: 'Do not ask. Mark it only if it was told freely, or stands in the file.',
          es: 'No lo pregunte. Márquelo solo si se contó por iniciativa propia o consta en el expediente.',
        },
      })
