// What phones and the server agree on about files on their way (tus 1.0, docs/decisions/0008-files.md).

/** Bytes of the largest file, before it is sealed. */
export const mostFileBytes = 25 * 1024 * 1024
/** Bytes of the largest file as it travels: what sealing adds is far below 64 KiB. */
export const mostSealedBytes = mostFileBytes + 65_536
/** Files of one account that are not settled: unfinished, or without their command. */
export const mostUnsettled = 20
export const mostUnsettledBytes = 250 * 1024 * 1024
/** After so many days without another piece an unfinished file is removed. */
export const daysUnfinished = 7
/** A whole file waits so long for its command, which a person may have to look at first. */
export const daysUnclaimed = 60

export const uploadPath = '/api/files'
export const tusVersion = '1.0.0'
export const tusExtensions = 'creation,expiration,checksum,termination'
/** The media type of a piece. */
export const pieceType = 'application/offset+octet-stream'

/**
 * Where a file stands. `receiving`: more pieces are needed. `whole`: all there, its command is not. `kept`: filed away;
 * the sender may forget it. `held`: whole and known, waits for a scanner or a person; the sender may forget it.
 * `refused`: read and not kept, with a code.
 */
export const uploadStates = ['receiving', 'whole', 'kept', 'refused', 'held'] as const
export type UploadState = (typeof uploadStates)[number]

/** Headers of our own: the state and its code, and whom files are sealed to. */
export const stateHeader = 'Upload-State'
export const codeHeader = 'Upload-Code'
export const recipientHeader = 'Upload-Recipient'

/** No piece of this length with this checksum; send it again (tus, checksum extension). */
export const checksumStatus = 460
/** Somebody else is sending this file at this moment. */
export const lockedStatus = 423
