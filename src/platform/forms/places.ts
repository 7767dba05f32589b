/** Places as ODK writes them: `latitude longitude altitude accuracy`, points of a line or a shape parted by `;`. */
interface Point {
  readonly latitude: number
  readonly longitude: number
  readonly text: string
}

const format = new Intl.NumberFormat('en-US', {
  minimumFractionDigits: 1,
  maximumFractionDigits: 20,
  useGrouping: false,
})

function point(text: string): Point | undefined {
  const numbers = text.trim().split(/\s+/).map(Number)
  const [latitude, longitude] = numbers
  if (latitude === undefined || longitude === undefined || numbers.slice(0, 4).some(Number.isNaN)) return undefined
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return undefined
  // Where a device knew nothing it says 0 0, in the sea off Africa.
  if (latitude === 0 && longitude === 0) return undefined
  const written = numbers.slice(0, 4).map(number => format.format(number))
  return { latitude, longitude, text: written.join(' ') }
}

/** The place as it is kept; blank for what is none, a line of one point and a shape that does not close included. */
export function placeText(type: 'geopoint' | 'geotrace' | 'geoshape', text: string): string {
  if (type === 'geopoint') return point(text)?.text ?? ''
  const pieces = text.split(';')
  if (pieces.at(-1)?.trim() === '') pieces.pop()
  const points = pieces.map(point)
  if (points.includes(undefined)) return ''
  const [first, last] = [points[0], points.at(-1)]
  const closed = first?.latitude === last?.latitude && first?.longitude === last?.longitude
  if (points.length < (type === 'geotrace' ? 2 : 3) || closed === (type === 'geotrace')) return ''
  return points.map(each => each!.text).join(';')
}
