import { existsSync } from 'node:fs'
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { messagesForBrowser, type Part, wordsFiles } from './src/platform/words/load.ts'
import { languages } from './src/platform/words/words.ts'

const home = import.meta.dirname
const staff = join(home, 'src/staff')
const serviceWorker = join(staff, 'service-worker.ts')

/** `virtual:words/en` (for everybody) and `virtual:words/desk/en` (desk screens): one chunk each, loaded when needed. */
function words(): Plugin {
  const parts = languages.flatMap(({ code }): [string, { lang: typeof code; part: Part }][] => [
    [`virtual:words/${code}`, { lang: code, part: 'base' }],
    [`virtual:words/desk/${code}`, { lang: code, part: 'desk' }],
  ])
  const modules = new Map(parts)
  return {
    name: 'samaan-words',
    resolveId: id => (modules.has(id) ? `\0${id}` : undefined),
    load(id) {
      const wanted = modules.get(id.slice(1))
      if (!wanted) return undefined
      for (const file of wordsFiles()) this.addWatchFile(join(home, 'src', file))
      // A text that is parsed at start: engines read it faster than the same thing written as code.
      const json = JSON.stringify(messagesForBrowser(wanted.lang, wanted.part))
      return { code: `export default JSON.parse(${JSON.stringify(json)})`, moduleType: 'js' }
    },
  }
}

/**
 * Builds the staff app into dist/staff. `--mode gallery` serves the page that shows every component of the kit
 * instead; it is never built.
 */
export default defineConfig(({ mode }) => ({
  root: mode === 'gallery' ? join(home, 'src/ui/gallery') : staff,
  publicDir: existsSync(join(staff, 'public')) ? join(staff, 'public') : false,
  plugins: [react(), words()],
  resolve: {
    // Messages come parsed from the words plugin; the parser would be two thirds of the formatter's size.
    alias: [
      {
        find: /^@formatjs\/icu-messageformat-parser$/,
        replacement: join(home, 'node_modules/@formatjs/icu-messageformat-parser/no-parser.js'),
      },
    ],
  },
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
      input: {
        staff: join(staff, 'index.html'),
        ...(existsSync(serviceWorker) && { 'service-worker': serviceWorker }),
      },
      output: {
        // A service worker's address must not change from build to build.
        entryFileNames: chunk => (chunk.name === 'service-worker' ? '[name].js' : 'assets/[name]-[hash].js'),
        chunkFileNames: 'assets/[name]-[hash].js',
        assetFileNames: 'assets/[name]-[hash][extname]',
      },
    },
  },
}))
