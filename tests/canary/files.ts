import assert from 'node:assert/strict'
import { cases } from '#capabilities/cases/contract.ts'
import { attachedToLead } from '#capabilities/justice/make.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { sealedFor, sendAll, stateOf } from '#platform/files/make.ts'
import { pdf, photograph } from '#platform/files/server/make.ts'
import type { Harness, Persona } from '../harness/harness.ts'

/** What stands in the names, the words and the bytes of files that are brought, and nowhere else. */
export const inFiles = {
  fileName: 'paperofthebluehouse',
  fileReason: 'sheaskedforherwrists',
  inFile: 'signedwithathumbprint',
  inPicture: 'takenbehindthecannery',
  paperName: 'passportwiththetornpage',
  inPaper: 'bornbythesaltpans',
  leadFile: 'platesoftheblacklorry',
  inLeadFile: 'photographedfromtheoldferry',
}

/** A paper and a picture, sent in pieces and filed; one that is not kept; and a paper that shows who the person is. */
export async function bringFiles(by: Persona, caseId: string, harness: Harness): Promise<void> {
  const { fileName, fileReason, inFile, inPicture, paperName, inPaper } = inFiles
  const other = {
    name: `${fileName}.pdf`,
    purpose: 'person',
    reason: `because ${fileReason}`,
    compartment: 'SVC',
  } as const
  const paper = { name: `${paperName}.pdf`, purpose: 'identity-document', compartment: 'ID' } as const
  for (const [plain, state, said] of [
    [pdf(inFile), 'kept', other],
    [await photograph(inPicture), 'kept', other],
    [Buffer.from(inFile), 'refused', other],
    [pdf(inPaper), 'kept', paper],
  ] as const) {
    const file = await sealedFor(harness, plain)
    const body = { id: uuidv7(), file: file.name, original: true, ...said }
    await by.call(cases.attach, { params: { case: caseId }, body })
    assert.equal(stateOf(await sendAll(by.fetch, file, 100_000)), state)
  }
}

/** A report and a picture of a lead, saved again. */
export async function bringToLead(harness: Harness, by: Persona, lead: string): Promise<void> {
  const { leadFile, inLeadFile } = inFiles
  for (const plain of [pdf(inLeadFile), await photograph(inLeadFile)]) {
    const file = await attachedToLead(harness, by, lead, plain, `${leadFile}.jpg`)
    const saved = await by.fetch(`/api/leads/${lead}/files/${file}/original`)
    assert.ok(Buffer.from(await saved.arrayBuffer()).includes(inLeadFile))
  }
}
