import { handle } from '#platform/http/handle.ts'
import { cases } from '../contract.ts'
import { policy } from '../policy.ts'
import { addToTimeline, caseFacts, requireMove } from './folder.ts'
import { sealAt } from './sealed.ts'
import * as store from './store.ts'

export const addNote = handle(cases.addNote, policy, {
  facts: ({ read, input }) => caseFacts(read, input.params.case),
  caseOf: (_, { params }) => params.case,
  run: async ({ tx, actor, facts, key, input: { params, body } }) => {
    requireMove(facts, 'addNote')
    const { key_slot } = await store.getFolder(tx, params.case)
    await store.insertNote(tx, {
      id: body.id,
      case_id: params.case,
      compartment: 'SVC',
      sealed: sealAt(key(params.case, key_slot, 'SVC'), 'note', body.id, body.text),
      by_account: actor.user,
    })
    await addToTimeline(tx, actor, params.case, 'case.note-added', {})
    return { id: body.id }
  },
})
