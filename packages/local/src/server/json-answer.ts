import type { ServerResponse } from 'node:http';

/**
 * A JSON answer whose body becomes a stream only for who reads it. Making one, and reading it again to write it to a socket,
 * takes a quarter of the time of a small request; the listener writes the text of this one as it is.
 */
export class JsonAnswer extends Response {
  readonly #text: string;
  #whole: Response | undefined;

  constructor(value: unknown, status: number) {
    super(null, { status, headers: { 'content-type': 'application/json' } });
    this.#text = JSON.stringify(value);
  }

  /** The same as an ordinary response, for those who get it in process. */
  toResponse(): Response {
    this.#whole ??= new Response(this.#text, { status: this.status, headers: this.headers });
    return this.#whole;
  }

  /** Writes it to the socket, headers that were added to it since included. */
  sendTo(outgoing: ServerResponse): void {
    outgoing.statusCode = this.status;
    for (const [name, value] of this.headers) outgoing.appendHeader(name, value);
    outgoing.setHeader('content-length', Buffer.byteLength(this.#text));
    outgoing.end(this.#text);
  }

  override get body() {
    return this.toResponse().body;
  }
  override get bodyUsed() {
    return this.#whole?.bodyUsed ?? false;
  }
  override arrayBuffer() {
    return this.toResponse().arrayBuffer();
  }
  override blob() {
    return this.toResponse().blob();
  }
  override clone() {
    return this.toResponse().clone();
  }
  override formData() {
    return this.toResponse().formData();
  }
  override json() {
    return this.toResponse().json();
  }
  override text() {
    return this.toResponse().text();
  }
}
