import * as z from 'zod/mini';

/** What the server needs to know of an organisation; the sentences are keys of the catalogue. */
export const organisationSchema = z.object({
  name: z.string().check(z.trim(), z.minLength(1, 'settings.error_name')),
  country: z.string().check(z.minLength(2, 'settings.error_country')),
  languages: z.array(z.string()).check(z.minLength(1, 'settings.error_languages')),
});

/** The first sentence of each field that is wrong. */
export function organisationErrors(value: z.input<typeof organisationSchema>): Record<string, string> {
  const result = organisationSchema.safeParse(value);
  const errors: Record<string, string> = {};
  for (const issue of result.error?.issues ?? []) errors[issue.path.join('.')] ??= issue.message;
  return errors;
}
