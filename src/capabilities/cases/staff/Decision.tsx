import type { Case } from '../contract.ts'
import { DecideForm } from './DecideForm.tsx'
import { Decided } from './procedure/Decided.tsx'
import { Moves } from './procedure/Moves.tsx'
import { Path } from './procedure/Path.tsx'
import { Taken } from './procedure/Taken.tsx'
import { Tracks } from './procedure/Tracks.tsx'
import './procedure/procedure.css'

/** The procedure of a case: where it stands and by when, what can be done next, and what was decided and done so far. */
export function Decision({ found }: { found: Case }) {
  const waiting = found.decisions?.filter(one => one.state === 'proposed') ?? []
  const decided = (found.decisions ?? []).filter(one => one.state !== 'proposed').reverse()
  return (
    <div className="stack procedure">
      <Path found={found} />
      {waiting.map(one => (
        <Decided key={one.id} decision={one} found={found} />
      ))}
      {found.moves.includes('decide') && found.next && <DecideForm key={found.next.kind} found={found} />}
      <Moves found={found} />
      {decided.map(one => (
        <Decided key={one.id} decision={one} found={found} />
      ))}
      <Tracks found={found} />
      <Taken found={found} />
    </div>
  )
}
