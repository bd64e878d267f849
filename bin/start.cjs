// Reached on Node 24 or newer only: what follows is a module, which older ones cannot read.
import('../dist/cli/main.js');
