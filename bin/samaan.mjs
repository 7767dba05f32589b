#!/usr/bin/env node
// Operator commands: samaan <command>. See docs/guide/operator.md.
process.argv.splice(2, 0, 'cli')
await import('./boot.mjs')
