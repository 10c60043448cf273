import { setupServer } from 'msw/node';

/** The network of a test: it answers what the test says, and refuses the rest. */
export const server = setupServer();
