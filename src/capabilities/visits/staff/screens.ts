import type { Screen } from '#staff/screens.ts'

/** Made face to face, at the desk or on an officer's phone. */
export const screens: readonly Screen[] = [
  {
    path: '/cases/$case/own-view',
    roles: ['officer', 'intake', 'coordinator'],
    load: () => import('./MakeCode.tsx'),
  },
]
