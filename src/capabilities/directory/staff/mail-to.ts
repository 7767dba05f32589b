/** The address that writes to one e-mail address and to nobody else: nothing in it adds a recipient or a text. */
export const mailTo = (email: string): string => `mailto:${email.split('@').map(encodeURIComponent).join('@')}`
