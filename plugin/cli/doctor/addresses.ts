const PRIVATE = /^(localhost|127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.|\[::1\]|\[f[cd])/i

/** Whether a host is one that nobody outside can reach. */
export const isPrivateHost = (hostname: string): boolean => PRIVATE.test(hostname)
