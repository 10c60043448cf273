/** Talks with the page that holds the frame, and with the API. */
const asked = new URLSearchParams(window.location.search);
const PAGE = asked.get('origin');
const KEY = asked.get('key');

export function tell(event, detail = {}) {
  window.parent.postMessage({ event, detail }, PAGE);
}

/** Answer the questions of the page, and of nobody else. */
export function answerWith(answers) {
  window.addEventListener('message', async (message) => {
    if (message.origin !== PAGE || message.source !== window.parent || !answers[message.data?.what]) return;
    const { what, question, detail } = message.data;
    window.parent.postMessage({ reply: question, detail: await answers[what](detail) }, PAGE);
  });
  tell('here');
}

/** Write nested parameters as the API takes them. */
function flat(value, name = '', into = new URLSearchParams()) {
  Object.entries(value).forEach(([key, inner]) => {
    if (inner === undefined || inner === null || inner === '') return;
    const place = name ? `${name}[${key}]` : key;
    if (typeof inner === 'object') flat(inner, place, into);
    else into.set(place, inner);
  });
  return into;
}

/** Ask the API with the page's key: what it answered, or its error. */
export async function call({ method, path, asked: wanted }) {
  const form = flat({ ...wanted, key: KEY });
  try {
    const answer = await fetch(
      method === 'GET' ? `${path}?${form}` : path,
      method === 'GET' ? {} : { method, body: form },
    );
    const body = await answer.json();
    return answer.ok ? { body } : { error: body.error };
  } catch {
    return { error: { type: 'api_connection_error', message: 'The network did not answer.' } };
  }
}
