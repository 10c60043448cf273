import { answerWith, call } from './calls.js';

answerWith({ call });
