import { createContext } from 'svelte';
import type { Portal } from '../api/portal';

/** The account API of this page, made once by the entry. */
export const [getPortal, setPortal] = createContext<Portal>();
