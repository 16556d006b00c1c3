import { config } from 'zod';

/** @file Must run before any schema is made: zod otherwise tries `new Function`, which the content security policy reports. */
config({ jitless: true });
