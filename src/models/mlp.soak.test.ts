/** The network against scikit-learn's on the real tables, on the same rows, with five first weights a split. */
import { testNetworkParity } from './testing/network-parity.ts';

testNetworkParity(5);
