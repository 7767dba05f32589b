/** Words of one language and part, merged at build time (vite.config.ts). */
declare module 'virtual:words/*' {
  const messages: import('./words.ts').Messages
  export default messages
}
