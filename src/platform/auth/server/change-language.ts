import { handle } from '../../http/handle.ts'
import { auth } from '../contract.ts'
import { policy } from '../policy.ts'
import { sessionOf } from './proof.ts'
import { setLanguage } from './store.ts'

export const changeLanguage = handle(auth.changeLanguage, policy, {
  signIn: true,
  run: async context => {
    const { language } = context.input.body
    await setLanguage(context.tx, sessionOf(context).account, language)
    return { language }
  },
})
