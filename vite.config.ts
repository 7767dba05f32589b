import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { messagesForBrowser, wordsFiles } from './src/platform/words/load.ts'
import { type LanguageCode, languageOf, type Message } from './src/platform/words/words.ts'
import { browserContracts } from './tools/browser-contracts.ts'
import { importedBy, keysNamed } from './tools/first-words.ts'

const home = import.meta.dirname
const staff = join(home, 'src/staff')

/** What somebody sees who opens the app: the frame, sign-in, and an officer's first page. Their words come first. */
const firstPages = [
  'main.tsx',
  'sign-in/SignIn.tsx',
  'sign-in/ChooseRole.tsx',
  '../capabilities/screening/staff/Home.tsx',
]

/** Splits the words for everybody into those that the first pages may say, and the rest. */
function split(lang: LanguageCode): Record<'first' | 'rest', [string, Message][]> {
  const messages = Object.entries(messagesForBrowser(lang, 'base'))
  const files = importedBy(
    firstPages.map(file => join(staff, file)),
    join(home, 'src'),
  )
  const first = keysNamed(
    files.map(file => readFileSync(file, 'utf8')),
    messages.map(([key]) => key),
  )
  return { first: messages.filter(([key]) => first.has(key)), rest: messages.filter(([key]) => !first.has(key)) }
}

/**
 * One chunk each, fetched when needed: `virtual:words/first/en` and `virtual:words/rest/en`, together
 * `virtual:words/en` (for everybody), and `virtual:words/desk/en` (desk screens).
 */
function words(): Plugin {
  const prefix = 'virtual:words/'
  // A text that is parsed at start: engines read it faster than the same thing written as code.
  const asText = (messages: object) => `export default JSON.parse(${JSON.stringify(JSON.stringify(messages))})`
  const codeFor = (part: string, lang: LanguageCode): string => {
    if (part === 'desk') return asText(messagesForBrowser(lang, 'desk'))
    if (part === 'first' || part === 'rest') return asText(Object.fromEntries(split(lang)[part]))
    return `import first from '${prefix}first/${lang}'
      import rest from '${prefix}rest/${lang}'
      export default { ...first, ...rest }`
  }
  return {
    name: 'samaan-words',
    // Before vite's own resolver finds the real parser.
    enforce: 'pre',
    resolveId(id, from) {
      if (id.startsWith(prefix)) return `\0${id}`
      // Messages come parsed; the parser would be larger than everything else that has to do with words.
      return id === './parse.ts' && from?.endsWith('/platform/words/words.ts') ? '\0no-parser' : undefined
    },
    load(id) {
      if (id === '\0no-parser') return `export const parse = () => { throw new Error('parsed in the build') }`
      if (!id.startsWith(`\0${prefix}`)) return undefined
      for (const file of wordsFiles()) this.addWatchFile(join(home, 'src', file))
      const [lang = '', part = ''] = id
        .slice(prefix.length + 1)
        .split('/')
        .reverse()
      const language = languageOf(lang)
      if (!language) throw new Error(`no words in "${lang}"`)
      return { code: codeFor(part, language.code), moduleType: 'js' }
    },
  }
}

/** Pages for whoever builds this app, by mode: every component of the kit; a form with every kind of question. */
const galleries: Record<string, string> = { gallery: 'src/ui/gallery', 'form-gallery': 'src/staff/form/gallery' }

/**
 * Builds the staff app into dist/staff. `--mode gallery` and `--mode form-gallery` serve a page to look at instead;
 * neither is part of what is built.
 */
export default defineConfig(({ mode }) => ({
  root: join(home, galleries[mode] ?? 'src/staff'),
  publicDir: galleries[mode] ? false : join(staff, 'public'),
  plugins: [react(), browserContracts(), words()],
  server: { fs: { allow: [home] } },
  build: {
    outDir: join(home, 'dist/staff'),
    emptyOutDir: true,
    target: 'es2022',
    manifest: 'manifest.json',
    // The policy allows no inline script and no data: address.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    cssCodeSplit: true,
    sourcemap: false,
    reportCompressedSize: false,
    rolldownOptions: {
      input:
        mode === 'form-gallery'
          ? join(home, galleries[mode]!, 'form-gallery.html')
          : { staff: join(staff, 'index.html') },
      output: {
        entryFileNames: 'assets/[name]-[hash].js',
        chunkFileNames: 'assets/[name]-[hash].js',
        assetFileNames: 'assets/[name]-[hash][extname]',
      },
    },
  },
}))
