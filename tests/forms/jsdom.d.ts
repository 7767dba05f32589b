/** As much of jsdom as the specs that run ODK's engine need; it ships no types. */
declare module 'jsdom' {
  export class JSDOM {
    constructor(html: string)
    readonly window: Readonly<Record<string, unknown>>
  }
}
