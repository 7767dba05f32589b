/** The page on which somebody without an account types their code, after the language; it says nothing. */
export const linkRoute = '/box'
