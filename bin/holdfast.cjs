#!/usr/bin/env node
// biome-ignore-all lint: written for any Node, however old, so that an old one says what it needs instead of a syntax error
var found = process.versions.node;
if (parseInt(found, 10) >= 24) {
  require('./start.cjs');
} else {
  console.error('holdfast: needs Node 24 or newer, found ' + found + '; install a newer one and try again');
  process.exitCode = 1;
}
