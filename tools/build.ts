import { join } from 'node:path'
import { build } from 'vite'
import { root } from '#platform/config/root.ts'

// Builds what runs: the staff app for browsers, and the server as one file. Node would run the sources as they are,
// but then the compiler that strips their types stays in memory (measured: 182 MB against 106 MB, see
// docs/decisions/0003-built-server.md).
await build({ configFile: join(root, 'vite.config.ts'), logLevel: 'error' })
await build({
  configFile: false,
  root,
  logLevel: 'error',
  ssr: { noExternal: true },
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
