/** Loaded before a server whose memory is watched: garbage is collected at once, so that what is left is what is held. */
setInterval(() => globalThis.gc?.(), 5000).unref();
