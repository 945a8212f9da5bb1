// The full build: everything in `gatepass` runs on this module.
import instantiate from '../pkg/full/gatepass.js';
import { Runtime } from './runtime.js';
import { sentences } from './sentences.js';

export const full = new Runtime('gatepass', instantiate, sentences);
