// The identity build: documents, names, zones, profile, reasons and the case.
import instantiate from '../../pkg/identity/gatepass-identity.js';
import { Runtime } from '../runtime.js';
import { identitySentences } from '../sentences.identity.js';

export const identity = new Runtime('gatepass/identity', instantiate, identitySentences);
