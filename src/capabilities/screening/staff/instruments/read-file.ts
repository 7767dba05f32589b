import { limits } from '#platform/forms/definition.ts'

export type Unread = 'too-large' | 'not-xlsx'

/** A chosen workbook in base64, or why it is not worth sending: size and the first bytes of every .xlsx are seen here. */
export async function readWorkbook(file: File): Promise<{ sheet: string } | { refused: Unread }> {
  if (file.size > limits.fileBytes) return { refused: 'too-large' }
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result))
    reader.onerror = () => reject(reader.error)
    reader.readAsDataURL(file)
  })
  const sheet = url.slice(url.indexOf(',') + 1)
  return sheet.startsWith('UEsDB') ? { sheet } : { refused: 'not-xlsx' }
}
