import { csrfToken } from './client';
import { Problem } from './problem';
import { withProof } from './proof';

/** Fetch what leaves the house as a file: a recent proof is asked for where there is none. Sent with `body`, it is a POST. */
export function fetchFile(path: string, body?: object): Promise<Blob> {
  return withProof(async () => {
    const answer = await fetch(path, {
      method: body ? 'POST' : 'GET',
      credentials: 'same-origin',
      headers: {
        'Accept-Language': document.documentElement.lang || 'fr',
        ...(body ? { 'Content-Type': 'application/json', 'X-CSRFToken': csrfToken() } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    }).catch(() => {
      throw new Problem(0, { code: 'network' });
    });
    if (!answer.ok) {
      throw new Problem(answer.status, (await answer.json().catch(() => ({}))) as Record<string, unknown>);
    }
    return answer.blob();
  });
}
