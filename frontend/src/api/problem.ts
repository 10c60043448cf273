/** An answer that is not a success: RFC 9457 with the stable `code` of the server, or one of ours when none arrived. */
export class Problem extends Error {
  readonly status: number;
  /** Stable; `network` when nothing came back, `unreadable` when what came back was no problem document. */
  readonly code: string;
  /** Field name -> sentences, in the reader's language. */
  readonly fields: Record<string, string[]>;
  readonly body: Record<string, unknown>;

  constructor(status: number, body: Record<string, unknown>) {
    super(typeof body.detail === 'string' ? body.detail : '');
    this.name = 'Problem';
    this.status = status;
    this.code = typeof body.code === 'string' ? body.code : 'unreadable';
    this.fields = (body.fields ?? {}) as Record<string, string[]>;
    this.body = body;
  }

  /** Nobody is signed in (any more): without a challenge to offer, the server says so with a 403. */
  get isSignedOut(): boolean {
    return this.status === 401 || this.code === 'not_authenticated';
  }

  /** Trying again later may work: nothing came back, or the server was busy or broken. */
  get isPassing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

export function asProblem(error: unknown): Problem {
  return error instanceof Problem ? error : new Problem(0, { code: 'network' });
}
