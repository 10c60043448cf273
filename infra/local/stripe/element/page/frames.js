/** The origin of this script: every frame is of it, and nothing else is listened to. */
const ORIGIN = new URL(document.currentScript.src).origin;
const PATIENCE = 10000;

/** A mistake of the page that uses this script. */
class IntegrationError extends Error {
  constructor(message) {
    super(message);
    this.name = 'IntegrationError';
  }
}

/** One frame of the stand-in's origin, and the questions put to it. What is typed there never comes here. */
class Frame {
  constructor(path, query, title, onEvent) {
    this.onEvent = onEvent;
    this.waiting = new Map();
    this.count = 0;
    this.here = new Promise((resolve, reject) => {
      this.arrive = resolve;
      this.fail = reject;
    });
    this.here.catch(() => {});
    this.node = document.createElement('iframe');
    this.node.src = `${ORIGIN}${path}?${new URLSearchParams({ ...query, origin: window.location.origin })}`;
    this.node.title = title;
    this.node.setAttribute('allow', 'payment *');
    Object.assign(this.node.style, { border: '0', width: '100%', display: 'block' });
    this.listen = (message) => this.hear(message);
  }

  /** Stand in the page. A frame that is moved is loaded anew, so this is done once. */
  mount(parent) {
    window.addEventListener('message', this.listen);
    parent.append(this.node);
    this.timer = setTimeout(() => this.fail(new Error('The frame did not load.')), PATIENCE);
    this.here.catch((error) => this.onEvent('loaderror', { message: error.message }));
  }

  hear(message) {
    if (message.origin !== ORIGIN || message.source !== this.node.contentWindow || !message.data) return;
    const { event, reply, detail } = message.data;
    if (event === 'here') {
      clearTimeout(this.timer);
      this.arrive();
    } else if (event) {
      this.onEvent(event, detail);
    } else if (this.waiting.has(reply)) {
      this.waiting.get(reply)(detail);
      this.waiting.delete(reply);
    }
  }

  /** Put a question, and wait for its answer. */
  async ask(what, detail = {}) {
    await this.here;
    const question = (this.count += 1);
    return new Promise((resolve) => {
      this.waiting.set(question, resolve);
      this.node.contentWindow.postMessage({ what, question, detail }, ORIGIN);
    });
  }

  remove() {
    clearTimeout(this.timer);
    window.removeEventListener('message', this.listen);
    this.node.remove();
  }
}
