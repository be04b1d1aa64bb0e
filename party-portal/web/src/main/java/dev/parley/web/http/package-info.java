/**
 * How this process speaks HTTP: bodies read strictly and to a limit, messages written as JSON, every refusal as
 * {@code application/problem+json} with a stable code. Lets no exception text, stack trace or value of the input out.
 */
@NullMarked
package dev.parley.web.http;

import org.jspecify.annotations.NullMarked;
