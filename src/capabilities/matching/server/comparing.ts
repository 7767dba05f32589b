import type { Job } from '#platform/jobs/jobs.ts'
import { listen } from '#platform/jobs/news.ts'
import { compareChanged } from './store.ts'

// Few at once: a night's import is compared over some minutes, and nobody's write waits for it.
const most = 100

// Within seconds of a person being written down; what was too much for one turn is for the next, or for the job.
listen('audit.numbered', tx => compareChanged(tx, most))

/** Every minute: compares who was written down since. What it finds is a question to a neutral person, never an answer. */
export const compareJob: Job = {
  name: 'matching.compare',
  cron: '* * * * *',
  run: async tx => {
    while ((await compareChanged(tx, most)) === most);
  },
}
