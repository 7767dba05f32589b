import {
  checksumStatus,
  codeHeader,
  lockedStatus,
  pieceType,
  stateHeader,
  tusVersion,
  type UploadState,
  uploadPath,
  uploadStates,
} from '#platform/files/contract.ts'
import { credentialHeader } from '#platform/sync/contract.ts'
import type { FileTransport, Setback, Stand } from './files-send.ts'

/** Longer than the server gives one piece. */
const patience = 40_000

const bytesOf = (hash: string): string =>
  btoa(String.fromCharCode(...(hash.match(/../g) ?? []).map(pair => Number.parseInt(pair, 16))))

/**
 * Files by HTTP (tus 1.0), with fetch alone, so that a service worker can do it.
 * @param send fetch, or something with its shape
 * @param by the session, instead of a device's credential
 */
export function fileTransportBy(send: typeof fetch, by?: 'session'): FileTransport {
  const ask = async (
    device: { readonly id: string; readonly credential: string },
    method: string,
    place: string,
    headers: Record<string, string>,
    body?: BodyInit,
  ): Promise<Response | undefined> =>
    send(place, {
      method,
      credentials: by === 'session' ? 'same-origin' : 'omit',
      cache: 'no-store',
      signal: AbortSignal.timeout(patience),
      headers: {
        'tus-resumable': tusVersion,
        ...(by === 'session' ? {} : { authorization: credentialHeader(device.id, device.credential) }),
        ...headers,
      },
      ...(body === undefined ? {} : { body }),
    }).catch(() => undefined)

  return {
    async begin(device, hash, size) {
      const answer = await ask(device, 'POST', uploadPath, {
        'upload-length': String(size),
        'upload-metadata': `sha256 ${bytesOf(hash)}`,
      })
      return standOf(answer)
    },
    async piece(device, place, offset, bytes, hash) {
      const answer = await ask(
        device,
        'PATCH',
        place,
        {
          'content-type': pieceType,
          'upload-offset': String(offset),
          'upload-checksum': `sha256 ${bytesOf(hash)}`,
        },
        bytes,
      )
      return standOf(answer, place)
    },
  }
}

/** Only an answer of the server's own, with the protocol's mark, says where a file stands. */
function standOf(answer: Response | undefined, known?: string): Stand | Setback {
  if (!answer || answer.headers.get('tus-resumable') !== tusVersion) return 'unreachable'
  const { status, headers } = answer
  if (status === 401) return 'unwelcome'
  if (status === 429) return 'full'
  if (status === checksumStatus) return 'checksum'
  if (status === 404 || status === 409 || status === lockedStatus) return 'moved'
  const place = headers.get('location') ?? known
  const state = headers.get(stateHeader)
  const offset = headers.get('upload-offset')
  // A place elsewhere is nobody's to send to.
  if (!place?.startsWith(`${uploadPath}/`) || !offset || !/^\d+$/.test(offset)) return 'unreachable'
  if (!answer.ok || !uploadStates.includes(state as UploadState)) return 'unreachable'
  return { place, offset: Number(offset), state: state as UploadState, code: headers.get(codeHeader) }
}
