/** Where a shelter is, as people would write it down where only compartment LOC is open. Invented. */
export const safePlace =
  'Amberwick Lodge, 14 Tamarind Close (10.482937, -61.274815; 10°28′58.6″N 61°16′29.3″W; dd4x7n9k2m)'

/** Each of these alone would lead there: by name, street, either coordinate exactly, rounded or in degrees, the wrong way round, or by its geohash. */
export const spellings: readonly string[] = [
  ...['Amberwick', 'Tamarind Close', '10.482937', '61.274815', '10.4829', '61.2748'],
  ...['10°28′58', '61°16′29', '10°28.97', '61°16.48', 'dd4x7n9k2m', 'dd4x7n9', '-61.274815, 10.482937'],
  ...['10.48294', '61.27482', '10.483, -61.275', '-61.275, 10.483', '10.483,-61.275', '-61.275,10.483'],
]
/** What a scan of bytes can look for: a short number would be found in any amount of hexadecimal. */
export const scanned: readonly string[] = [
  'Amberwick Lodge',
  '14 Tamarind Close',
  '10.482937, -61.274815',
  '61°16′29.3″W',
  'dd4x7n9k2m',
]
/** Which of them stand in a text. */
export const tells = (text: string): readonly string[] => spellings.filter(one => text.includes(one))
