import * as z from 'zod/mini'
import type * as core from 'zod/v4/core'
import { catalogue } from '../problem/problem.ts'
import type { FileType, Operation, Schema } from './operation.ts'

const json = (schema: Schema | null | undefined, io: 'input' | 'output'): object => {
  if (!schema) return {}
  const { $schema: _, ...rest } = z.toJSONSchema(schema as unknown as core.$ZodType, { io, unrepresentable: 'any' })
  return rest
}
const fieldsOf = (schema: Schema | undefined) => {
  const { properties = {}, required = [] } = json(schema, 'input') as {
    properties?: Record<string, object>
    required?: string[]
  }
  return Object.entries(properties).map(([name, property]) => ({ name, property, required: required.includes(name) }))
}
/** `/cases/{case}` as OpenAPI writes it; our own paths use the same braces. */
const parametersOf = (operation: Operation) => [
  ...fieldsOf(operation.params).map(({ name, property }) => ({ name, in: 'path', required: true, schema: property })),
  ...fieldsOf(operation.query).map(({ name, property, required }) => ({
    name,
    in: 'query',
    required,
    schema: property,
  })),
  ...(operation.kind === 'command' && operation.idempotent
    ? [{ name: 'Idempotency-Key', in: 'header', required: true, schema: { type: 'string', format: 'uuid' } }]
    : []),
  ...(operation.kind === 'command' && operation.ifMatch
    ? [{ name: 'If-Match', in: 'header', required: true, schema: { type: 'string', pattern: '^"[0-9]+"$' } }]
    : []),
]

/** A file to be saved: its bytes have no schema. */
const fileOf = (type: FileType) => ({
  description: 'The file, to be saved under the name that the header gives',
  headers: {
    'Content-Disposition': { schema: { type: 'string' }, description: 'attachment, with a file name' },
  },
  content: { [type]: {} },
})

/**
 * The OpenAPI 3.1 description of the operations, made from the same objects that parse and answer.
 * @param version the product's version
 */
export function openapi(operations: readonly Operation[], version: string): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const operation of operations) {
    const path = `/api${operation.path}`
    const entry = paths[path] ?? {}
    paths[path] = entry
    const body = operation.kind === 'command' && operation.body ? json(operation.body, 'input') : undefined
    entry[operation.method.toLowerCase()] = {
      operationId: operation.id,
      summary: operation.id,
      tags: [operation.id.split('.')[0]],
      security: operation.access === 'public' ? [] : [{ session: [] }],
      'x-access': operation.access,
      'x-audit': operation.audit,
      'x-purpose': operation.purpose,
      ...(operation.offline ? { 'x-offline': true } : {}),
      parameters: parametersOf(operation),
      ...(body
        ? {
            requestBody: {
              required: true,
              ...(operation.kind === 'command' && operation.largest
                ? { description: `At most ${operation.largest} bytes of JSON` }
                : {}),
              content: { 'application/json': { schema: body }, 'application/x-www-form-urlencoded': { schema: body } },
            },
          }
        : {}),
      responses: {
        ...(operation.file
          ? { 200: fileOf(operation.file) }
          : operation.stream
            ? { 200: { description: 'Done', content: { [operation.stream]: { schema: { type: 'string' } } } } }
            : operation.reply
              ? {
                  200: {
                    description: 'Done',
                    content: { 'application/json': { schema: json(operation.reply, 'output') } },
                  },
                }
              : { 204: { description: 'Done; nothing to say' } }),
        '4XX': { $ref: '#/components/responses/Problem' },
        '5XX': { $ref: '#/components/responses/Problem' },
      },
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Samaan',
      version,
      description: 'The operations of the staff application.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: 'This server' }],
    tags: [...new Set(operations.map(one => one.id.split('.')[0]!))].sort().map(name => ({ name })),
    paths,
    components: {
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: '__Host-samaan' } },
      responses: {
        Problem: {
          description: 'What was wrong, in the language of the request (RFC 9457)',
          content: {
            'application/problem+json': {
              schema: {
                type: 'object',
                required: ['type', 'title', 'status', 'code'],
                properties: {
                  type: { type: 'string' },
                  title: { type: 'string' },
                  status: { type: 'integer' },
                  code: { type: 'string', enum: Object.keys(catalogue) },
                  detail: { type: 'string' },
                  errors: {
                    type: 'array',
                    items: {
                      type: 'object',
                      required: ['field', 'code', 'detail'],
                      properties: {
                        field: { type: 'string' },
                        code: { type: 'string' },
                        detail: { type: 'string' },
                      },
                    },
                  },
                },
              },
            },
          },
        },
      },
    },
  }
}
