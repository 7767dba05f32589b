import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { root } from '#platform/config/root.ts'
import { browserContracts } from './browser-contracts.ts'

// Builds what runs: the staff app for browsers, its service worker, and the server as one file. Node would run the sources as they are,
// but then the compiler that strips their types stays in memory (measured: 182 MB against 106 MB, see
// docs/decisions/0003-built-server.md).
await build({ configFile: join(root, 'vite.config.ts'), logLevel: 'error' })

const staff = join(root, 'dist/staff')
const files = globSync('**/*.*', { cwd: staff })
  .map(file => `/${file.replaceAll('\\', '/')}`)
  // The build's own list of files is nobody's to read.
  .filter(file => file !== '/manifest.json' && !file.endsWith('.map'))
  .sort()
const name = createHash('sha256')
for (const file of files) name.update(file).update(readFileSync(join(staff, file)))
// One file without imports: browsers of cheap phones do not all take a worker that has any.
await build({
  configFile: false,
  root,
  logLevel: 'error',
  publicDir: false,
  plugins: [browserContracts()],
  define: { shell: JSON.stringify({ name: `shell-${name.digest('hex').slice(0, 16)}`, files }) },
  build: {
    outDir: staff,
    emptyOutDir: false,
    target: 'es2022',
    lib: {
      entry: join(root, 'src/staff/service-worker.ts'),
      formats: ['iife'],
      name: 'worker',
      fileName: () => 'service-worker.js',
    },
    // It sends parcels and makes none.
    rolldownOptions: { external: ['age-encryption'] },
  },
})

await build({
  configFile: false,
  root,
  logLevel: 'error',
  // These bring native libraries of their own and find them beside themselves.
  ssr: { noExternal: true, external: ['sharp', '@myriaddreamin/typst-ts-node-compiler'] },
  build: {
    ssr: true,
    outDir: join(root, 'dist/server'),
    emptyOutDir: true,
    target: 'node24',
    minify: false,
    rolldownOptions: {
      input: { main: join(root, 'src/main.ts'), cli: join(root, 'src/cli.ts') },
      // An optional native driver of pg that is not installed.
      external: ['pg-native'],
    },
  },
})
