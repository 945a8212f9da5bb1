// The capture build: pictures of documents and films of heads.
import instantiate from '../../pkg/capture/gatepass-capture.js';
import { Runtime } from '../runtime.js';
import { captureSentences } from '../sentences.capture.js';

export const capture = new Runtime('gatepass/capture', instantiate, captureSentences);
