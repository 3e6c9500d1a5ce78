/** Signs the deliveries of the benchmark. */
export const SECRET = 'bench-secret-of-a-webhook'
