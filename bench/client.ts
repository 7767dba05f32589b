import { connect, type Socket } from 'node:net'

export interface Reply {
  readonly status: number
  readonly body: string
}

/**
 * One keep-alive connection that sends a request and reads its answer, as cheaply as can be: the client shares the
 * machine with what it measures. Answers are framed by content-length or end with the last chunk.
 */
export class Connection {
  readonly #socket: Socket
  #parts: Buffer[] = []
  #size = 0
  #need = -1
  #status = 0
  #head = 0
  #done: ((reply: Reply) => void) | undefined
  #failed: ((error: Error) => void) | undefined

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.setNoDelay(true)
    socket.on('data', part => this.#take(part))
    socket.on('error', error => this.#failed?.(error))
    socket.on('close', () => this.#failed?.(new Error('the server closed the connection')))
  }
  static open(port: number): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => resolve(new Connection(socket)))
      socket.once('error', reject)
    })
  }
  send(request: string): Promise<Reply> {
    this.#parts = []
    this.#size = 0
    this.#need = -1
    return new Promise((resolve, reject) => {
      this.#done = resolve
      this.#failed = reject
      this.#socket.write(request)
    })
  }
  close(): void {
    this.#failed = undefined
    this.#socket.destroy()
  }
  #take(part: Buffer): void {
    this.#parts.push(part)
    this.#size += part.length
    if (this.#need < 0) this.#readHead()
    const ended =
      this.#need === Number.POSITIVE_INFINITY ? part.subarray(-5).equals(lastChunk) : this.#size >= this.#need
    if (this.#need < 0 || !ended) return
    const done = this.#done
    this.#failed = undefined
    done?.({ status: this.#status, body: Buffer.concat(this.#parts).toString('utf8', this.#head) })
  }
  #readHead(): void {
    const bytes = this.#parts.length === 1 ? this.#parts[0]! : Buffer.concat(this.#parts)
    const end = bytes.indexOf('\r\n\r\n')
    if (end < 0) return
    const head = bytes.toString('latin1', 0, end)
    const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1]
    this.#status = Number(head.slice(9, 12))
    this.#head = end + 4
    this.#need =
      length === undefined
        ? this.#status === 204
          ? this.#head
          : Number.POSITIVE_INFINITY
        : this.#head + Number(length)
  }
}
const lastChunk = Buffer.from('0\r\n\r\n')
