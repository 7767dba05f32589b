/** The page on which the person types their digits, after the language; it says nothing. */
export const visitRoute = '/notes'
